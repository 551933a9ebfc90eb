using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>The same entries in another shape; one size may be −1 and is then inferred.</summary>
public sealed record ReshapeOperation : Operation
{
    /// <summary>The new shape, batch dimension included (write −1 for it).</summary>
    [JsonPropertyName("shape")]
    public required IReadOnlyList<long> NewShape { get; init; }

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var known = NewShape.Where(size => size != -1).Aggregate(1L, (product, size) => checked(product * size));
        var inferred = NewShape.Count(size => size == -1);
        var entries = arguments[0].numel();
        Require(
            known > 0 && inferred <= 1 && (inferred == 1 ? entries % known == 0 : entries == known),
            $"a tensor that fits shape [{string.Join(", ", NewShape)}]", arguments[0]);
        return arguments[0].reshape([.. NewShape]);
    }
}

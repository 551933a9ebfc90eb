using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// What is known of a value's entries: int64 labels of the value's shape for one sample; <see cref="None"/> where there is nothing to know.
/// </summary>
/// <param name="Entries">Unit numbers (activations) or flat coordinates (parameters).</param>
/// <param name="Kind">What the labels are.</param>
internal sealed record Labels(Tensor Entries, ValueKind Kind)
{
    internal const long None = -1;

    internal static Labels Unknown(long[] shape, ValueKind kind = ValueKind.Activation) => new(full(shape, None, dtype: ScalarType.Int64), kind);

    internal long[] Shape => Entries.shape;

    internal Labels Changed(Func<Tensor, Tensor> change) => this with { Entries = change(Entries) };

    /// <summary>The unit numbers; a parameter that is used as an activation carries no units.</summary>
    internal Labels AsActivation() => Kind == ValueKind.Activation ? this : Unknown(Shape);

    /// <summary>The distinct labels, ascending.</summary>
    internal static int[] Distinct(Tensor entries) =>
        [.. entries.contiguous().data<long>().ToArray().Where(label => label != None).Distinct().Order().Select(label => (int)label)];
}

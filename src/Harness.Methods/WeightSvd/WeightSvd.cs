using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>weight-svd</c>: the leading singular triples of every weight matrix, embedding or kernel (reshaped to <c>[out,
/// in·kH·kW]</c>), one subnetwork each: direction <c>u vᵀ</c>, component <c>s·u vᵀ</c>. Tensors with fewer than two dimensions
/// (biases) belong to nobody.
/// </summary>
/// <remarks>
/// Equal singular values leave their triples free to rotate, and only the sum <c>Σ s·u vᵀ</c> is defined: they make one
/// subnetwork together. A baseline that sees no data. Not equivariant under rescaling of units.
/// </remarks>
public sealed class WeightSvd(WeightSvdOptions? options = null) : IDecompositionMethod
{
    private readonly WeightSvdOptions _options = (options ?? new WeightSvdOptions()).Validated();

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "weight-svd", "1", "Leading singular triples of every weight matrix, each a subnetwork of rank one.", IsStochastic: false);

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var layout = subject.Model.Network.Layout;
        var tensors = layout.Split(subject.Model.Parameters);
        var subnetworks = new List<Subnetwork>();
        for (var i = 0; i < layout.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (layout[i].Shape.Count >= 2)
                subnetworks.AddRange(OfWeight(layout, layout[i], tensors[i]));
            context.Progress?.Report((i + 1.0) / layout.Count);
        }
        return new Decomposition(Describe(), subnetworks, new Dictionary<string, string> { ["energy"] = $"{_options.Energy}" })
            .MoveToOuterDisposeScope();
    }

    private IEnumerable<Subnetwork> OfWeight(ParameterLayout layout, ParameterSlot slot, Tensor weight)
    {
        var (left, singular, right) = linalg.svd(weight.reshape(slot.Shape[0], -1), fullMatrices: false);
        var values = singular.data<double>().ToArray();
        foreach (var (start, end) in Kept(values))
        {
            var part = left.narrow(1, start, end - start).mul(singular.narrow(0, start, end - start)).matmul(right.narrow(0, start, end - start));
            var component = zeros([layout.Length], dtype: float64);
            component.narrow(0, slot.Offset, slot.Length).copy_(part.reshape(-1));
            var name = end - start == 1 ? $"{slot.Name} singular value {start}" : $"{slot.Name} singular values {start} … {end - 1}";
            yield return new Subnetwork(name, DenseSubspace.Span(component.unsqueeze(0)), component);
        }
    }

    /// <summary>Runs of equal singular values, from the largest, until the energy is reached. A zero weight keeps nothing.</summary>
    private IEnumerable<(int Start, int End)> Kept(double[] values)
    {
        var total = values.Sum(value => value * value);
        var held = 0.0;
        foreach (var (start, end) in DegenerateRuns.Of(values))
        {
            if (held >= _options.Energy * total)
                yield break;
            for (var i = start; i < end; i++)
                held += values[i] * values[i];
            yield return (start, end);
        }
    }
}

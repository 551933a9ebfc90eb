using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// One pass over a stretch of samples with k directions at once: first tangents <c>R{v} = ∂v/∂θ·direction</c> of every value, then tangents of the loss's
/// derivative by it. Both are <c>[B, k, width]</c>, so that every linear layer is one wide matrix product.
/// </summary>
/// <param name="start">First sample.</param>
/// <param name="length">B.</param>
/// <param name="directions">k directions, one tensor <c>[k, …]</c> per slot, in working precision.</param>
/// <param name="sums">Where the products are added up, one float64 view <c>[k, …]</c> per slot.</param>
internal sealed class TangentPass(long start, long length, IReadOnlyList<Tensor> directions, IReadOnlyList<Tensor> sums)
{
    private readonly Dictionary<string, Tensor> _adjoints = new(StringComparer.Ordinal);

    /// <summary>B.</summary>
    internal long Length => length;

    /// <summary>k.</summary>
    internal long Count => directions[0].shape[0];

    /// <summary>Tangents by name; a value without one does not depend on the parameters.</summary>
    internal Dictionary<string, Tensor> Tangents { get; } = new(StringComparer.Ordinal);

    internal Tensor Direction(int slot) => directions[slot];

    /// <summary>This stretch of a tensor over all samples, <c>[N, …] → [B, …]</c>.</summary>
    internal Tensor Stretch(Tensor all) => all.narrow(0, start, length);

    /// <summary>Tangent of the loss's derivative by a value; null if the loss does not depend on it. Its own step may overwrite it.</summary>
    internal Tensor? Adjoint(string name) => _adjoints.GetValueOrDefault(name);

    /// <summary>Adds a share to the adjoint of a value. The share is given away: it may be overwritten from now on.</summary>
    internal void AddAdjoint(string name, Tensor share)
    {
        if (_adjoints.TryGetValue(name, out var other))
            other.add_(share);
        else
            _adjoints.Add(name, share);
    }

    internal void AddProduct(int slot, Tensor share) => sums[slot].add_(share);
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Finds the subspace of parameters that belongs together with a displacement, by first derivatives only and invariant under any rotation of the parameters
/// (methods.md M4, freezing by purified ΔJ): truncating ΔJ to its top five directions again and again leaves one parallel subnetwork, and the closure of its
/// rows ends in a gap of many orders of magnitude if subnetworks are exactly parallel.
/// </summary>
internal static class Purification
{
    /// <summary>Everything is frozen when this share of ‖J0‖² is left (methods.md M4).</summary>
    internal const double NothingLeft = 1e-10;

    private const int Peels = 4;
    private const int Steps = 15;
    private const int Truncation = 5;
    private const int Closure = 3;
    private const double Gap = 1e3;
    private const double Enough = 0.5;
    private const double AlmostAll = 0.95;

    /// <summary>Purifies a displacement.</summary>
    /// <param name="delta">ΔJ around θ0.</param>
    /// <param name="displacement">d, <c>[P]</c>, not zero.</param>
    /// <param name="frozen">What was found before; the answer is orthogonal to it.</param>
    /// <param name="random">For the closure's random displacements.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    /// <returns>An orthonormal basis <c>[r, P]</c> in the caller's dispose scope and its share of ‖d‖²; null: no gap, so nothing exactly parallel.</returns>
    internal static (DenseSubspace Space, double Captured)? Of(
        DeltaJacobian delta, Tensor displacement, Subspace frozen, RandomSource random, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var length = displacement.norm().ToDouble();
        var (left, off, best, sum) = (displacement, frozen, ((DenseSubspace Space, double Captured)?)null, 0.0);
        for (var peel = 0; peel < Peels; peel++)
        {
            if (Peel(delta, left, off, length, random, cancellation) is not { } found)
                break;
            var captured = found.Coordinates(displacement.unsqueeze(0)).square().sum().ToDouble() / (length * length);
            sum += captured;
            if (best is null || captured > best.Value.Captured)
                best = (found, captured);
            if (captured >= Enough || sum > AlmostAll)
                break;
            left = found.ProjectOff(left.unsqueeze(0))[0];
            off = off.Dimension == 0 ? found : DenseSubspace.Span(cat([off.Basis(), found.Basis()], 0));
        }
        best?.Space.MoveToOuterDisposeScope();
        return best;
    }

    private static DenseSubspace? Peel(
        DeltaJacobian delta, Tensor start, Subspace off, double length, RandomSource random, CancellationToken cancellation)
    {
        Tensor Rows(Tensor x)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = delta.At(x);
            return off.Dimension == 0 ? rows : off.ProjectOff(rows);
        }
        Tensor Scaled(Tensor x) => x * (length / x.norm().ToDouble());
        if (!(start.norm().ToDouble() > 0))
            return null;
        var x = Scaled(start);
        Tensor? top = null;
        for (var step = 0; step < Steps; step++)
        {
            top = DeltaJacobian.TopRight(Rows(x), Truncation).Vectors;
            var inside = top.matmul(x).matmul(top);
            if (!(inside.norm().ToDouble() > 0))
                return null;
            x = Scaled(inside);
        }
        var others = Enumerable.Range(0, Closure).Select(_ => Rows(Scaled(tensor(random.Gaussians(top!.shape[0])).matmul(top))));
        var (vectors, values) = DeltaJacobian.TopRight(cat([Rows(x), .. others], 0), int.MaxValue);
        for (var rank = Truncation; rank < values.Length; rank++)
            if (values[rank - 1] >= Gap * values[rank])
                return new DenseSubspace(vectors.narrow(0, 0, rank).clone());
        return null;
    }
}

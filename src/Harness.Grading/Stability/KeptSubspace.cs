using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>A subspace of ℝᴾ as plain numbers.</summary>
/// <param name="Ambient">P.</param>
/// <param name="Axes">Its axes, where it is an index set.</param>
/// <param name="Rows">Orthonormal rows, one after the other, where it is none.</param>
internal sealed record KeptSubspace(long Ambient, long[]? Axes, double[]? Rows)
{
    internal long Dimension => Axes?.Length ?? Rows!.Length / Ambient;

    internal static KeptSubspace Of(Subspace subspace)
    {
        using var scope = NewDisposeScope();
        return subspace is CoordinateSubspace set
            ? new KeptSubspace(set.AmbientDimension, [.. set.Indices], null)
            : new KeptSubspace(subspace.AmbientDimension, null, subspace.Basis().contiguous().data<double>().ToArray());
    }

    /// <summary>A random one of the same dimension: axes for axes, a Haar subspace for rows.</summary>
    internal KeptSubspace Random(RandomSource random)
    {
        using var scope = NewDisposeScope();
        return Axes is not null
            ? this with { Axes = [.. random.Permutation((int)Ambient)[..Axes.Length].Order().Select(k => (long)k)] }
            : Of(Subspaces.Random(Ambient, Dimension, random));
    }

    /// <summary>Its tensors belong to the caller's dispose scope.</summary>
    internal Subspace Restore() => Axes is not null ? new CoordinateSubspace(Ambient, Axes) : new DenseSubspace(tensor(Rows!, [Dimension, Ambient]));

    internal bool IsSame(KeptSubspace other) =>
        Ambient == other.Ambient && (Axes is null) == (other.Axes is null)
        && (Axes?.AsSpan().SequenceEqual(other.Axes) ?? Rows!.AsSpan().SequenceEqual(other.Rows));
}

using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// The certified top eigenvectors of one data set's Hessian, with clusters whole: eigenvalues that cannot be told apart have a subspace and no vectors, so a
/// count that would cut a cluster takes it whole if it ends within a few more, and not at all otherwise.
/// </summary>
internal sealed class TopEigenspace
{
    /// <summary>How many eigenvectors more than asked for a cluster may bring along.</summary>
    internal const int MostMore = 4;

    private readonly Eigenpairs _pairs;
    private readonly string _name;
    private readonly Tensor? _gradient;

    private TopEigenspace(Eigenpairs pairs, int count, string name, Tensor? gradient)
    {
        (_pairs, _name, _gradient, Asked) = (pairs, name, gradient, count);
        List<string> remarks = [];
        if (!pairs.Converged || pairs.Completeness == Completeness.Incomplete)
            remarks.Add($"eigenvectors of {name}: {Enumerable.Range(0, pairs.Count).Count(pairs.IsConverged)} of {pairs.Count} converged, {pairs.Completeness.ToString().ToLowerInvariant()}");
        var kept = WholeClusters(pairs, Math.Min(count, pairs.Count), name, remarks);
        var positive = pairs.Values.Take(kept).Count(value => value > pairs.ZeroLevel);
        if (gradient is not null && positive < kept)
        {
            remarks.Add($"eigenvectors of {name}: {kept - positive} of {kept} with eigenvalues at or below zero were dropped");
            kept = positive;
        }
        (Count, Remarks) = (kept, remarks);
    }

    /// <summary>k as it was asked for.</summary>
    internal int Asked { get; }

    /// <summary>k, after clusters were made whole and what is not positive was dropped.</summary>
    internal int Count { get; }

    /// <summary>What was dropped or added, and whether the certificate holds.</summary>
    internal IReadOnlyList<string> Remarks { get; }

    /// <summary>Eigenvalues <c>[k]</c>, descending.</summary>
    internal double[] Values => _pairs.Values[..Count];

    /// <summary>Orthonormal rows <c>[k, P]</c> float64, largest eigenvalue first, in the caller's dispose scope.</summary>
    /// <remarks>An eigenvector's sign is nobody's choice; here its largest entry is positive, so that names like −v0 mean the same on every machine.</remarks>
    internal Tensor Vectors()
    {
        using var scope = NewDisposeScope();
        var rows = _pairs.Vectors.narrow(0, 0, Count);
        if (Count == 0)
            return rows.contiguous().MoveToOuterDisposeScope();
        var largest = rows.gather(1, rows.abs().argmax(1, true));
        return (rows * (largest.ge(0).to(ScalarType.Float64) * 2 - 1)).MoveToOuterDisposeScope();
    }

    /// <summary>What a step must stay off: the eigenvectors and, where they were sought off it, the gradient. In the caller's dispose scope.</summary>
    internal DenseSubspace Span()
    {
        using var scope = NewDisposeScope();
        var rows = _gradient is null || _gradient.norm().ToDouble() == 0 ? Vectors() : cat([Vectors(), (_gradient / _gradient.norm()).unsqueeze(0)], 0);
        return (DenseSubspace)DenseSubspace.Span(rows).MoveToOuterDisposeScope();
    }

    /// <summary>The same eigenvectors for a smaller count.</summary>
    internal TopEigenspace First(int count) => new(_pairs, count, _name, _gradient);

    /// <summary>Takes the tensors out of any dispose scope and returns itself; then <see cref="Dispose"/> is the owner's.</summary>
    internal TopEigenspace DetachFromDisposeScope()
    {
        _pairs.Vectors.DetachFromDisposeScope();
        _gradient?.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Releases detached tensors, also those of what <see cref="First"/> gave.</summary>
    internal void Dispose()
    {
        _pairs.Vectors.Dispose();
        _gradient?.Dispose();
    }

    /// <summary>Finds them. Tensors belong to the caller's dispose scope.</summary>
    /// <param name="landscape">The data set's loss; weight decay shifts all eigenvalues alike and moves no vector.</param>
    /// <param name="parameters">θ, <c>[P]</c>.</param>
    /// <param name="count">k, at least 0.</param>
    /// <param name="offGradient">Whether to restrict the Hessian to the gradient's complement and drop negative eigenvalues.</param>
    /// <param name="seed">Seed of the solver.</param>
    /// <param name="progress">Fractions 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between products.</param>
    internal static TopEigenspace Of(
        LossLandscape landscape, Tensor parameters, int count, bool offGradient, ulong seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var hessian = landscape.Hessian(parameters);
        var gradient = offGradient ? landscape.Gradient(parameters) : null;
        ISymmetricOperator op = gradient is null ? hessian : ProjectedOperator.OffGradient(hessian, gradient);
        var asked = (int)Math.Min(count + MostMore, op.Dimension);
        IEigensolver solver = op.Dimension <= 4L * asked ? new DenseEigensolver() : new ThickRestartLanczos();
        var pairs = solver.Solve(op, new EigenRequest(asked, Seed: seed) { ProofDimension = 0, HasValidity = false }, progress, cancellation);
        pairs.Vectors.MoveToOuterDisposeScope();
        return new TopEigenspace(pairs, count, landscape.Data.Name, gradient?.MoveToOuterDisposeScope());
    }

    /// <summary>The nearest count at which no cluster is cut: upwards if there is one among those that were found, else downwards.</summary>
    private static int WholeClusters(Eigenpairs pairs, int count, string name, List<string> remarks)
    {
        // Where a cluster ends; one that goes on beyond the last pair has no end here.
        var ends = pairs.Clusters.Where(cluster => !cluster.IsCut).Select(cluster => cluster.Members[^1] + 1).Order().ToArray();
        if (count == 0 || ends.Contains(count))
            return count;
        var up = ends.FirstOrDefault(end => end > count && end <= count + MostMore);
        var kept = up > 0 ? up : ends.LastOrDefault(end => end < count);
        remarks.Add(
            $"eigenvectors of {name}: {count} would cut a cluster of equal eigenvalues (near {pairs.Values[count - 1]:g3}), so it was taken {(up > 0 ? "whole" : "not at all")}: {kept} are used");
        return kept;
    }
}

using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Identities of projections. Each returns null when it holds.</summary>
public static class SubspaceChecks
{
    /// <summary>A map of blocks is an orthogonal projector: <c>P² = P</c> and <c>uᵀPv = vᵀPu</c> on unit Gaussian probes.</summary>
    /// <param name="project">P, <c>[k, n] → [k, n]</c>.</param>
    /// <param name="dimension">n.</param>
    /// <param name="seed">Seed of the probes.</param>
    public static Violation? Projector(Func<Tensor, Tensor> project, long dimension, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(project);
        using var scope = NewDisposeScope();
        var probes = Blocks.Gaussian(RandomSource.Named(seed, "subspace-checks"), 3, dimension);
        probes = probes / probes.norm(1, true);
        var once = project(probes);
        var limit = Tolerances.Orthonormality(dimension, dimension);
        var table = once.matmul(probes.transpose(0, 1));
        return Violation.Unless("projector: idempotence", (project(once) - once).abs().max().ToDouble(), limit, $"max |P²v − Pv|, n = {dimension}")
            ?? Violation.Unless("projector: symmetry", (table - table.transpose(0, 1)).abs().max().ToDouble(), limit, $"max |uᵀPv − vᵀPu|, n = {dimension}");
    }
}

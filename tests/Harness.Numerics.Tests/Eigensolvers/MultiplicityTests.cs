using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Repeated eigenvalues, without a proof to fall back on: a single Krylov space holds one copy of each.</summary>
public class MultiplicityTests
{
    /// <summary>Kills: a solver without sweeps, sweeps from a vector of the old Krylov space, a sweep that stops at its first find.</summary>
    [Fact]
    public void A_planted_triple_is_found_whole_in_100_of_100_seeds()
    {
        int[] found = [.. Enumerable.Range(0, 100).Select(seed => Copies(seed, 3, 80, 6, seed % 4))];
        Assert.Equal(Enumerable.Repeat(3, 100), found);
    }

    [Fact]
    public void A_value_planted_twenty_times_is_found_whole()
    {
        int[] found = [.. Enumerable.Range(0, 8).Select(seed => Copies(seed, 20, 150, 25, seed % 4))];
        Assert.Equal(Enumerable.Repeat(20, 8), found);
    }

    /// <summary>Kills, as a mutant: the same request to a Krylov solver that does not sweep finds one copy.</summary>
    [Fact]
    public void One_Krylov_space_holds_one_copy()
    {
        using var scope = NewDisposeScope();
        var op = Planted(0, 3, 80, 0);
        var basis = new List<Tensor> { tensor(new RandomSource(0, 2).Gaussians(80)) };
        basis[0] /= basis[0].norm();
        for (var step = 0; step < 20; step++)
        {
            var (all, next) = (stack(basis), op.Multiply(basis[^1].unsqueeze(0))[0]);
            for (var pass = 0; pass < 2; pass++)
                next -= all.mv(next).matmul(all);
            basis.Add(next / next.norm());
        }
        var space = stack(basis);
        var ritz = Expect.Numbers(linalg.eigvalsh(space.matmul(op.Multiply(space).transpose(0, 1))));
        Assert.Single(ritz, value => Math.Abs(value - 2) <= 4 * Tolerances.DenseEigenvalue(80));
    }

    /// <summary>How many of the copies of the value 2 a solve returns; it must also say that it looked, and have converged.</summary>
    private static int Copies(int seed, int copies, int dimension, int count, int above)
    {
        using var scope = NewDisposeScope();
        var pairs = new ThickRestartLanczos().Solve(Planted(seed, copies, dimension, above), new EigenRequest(count, Seed: (ulong)seed) { ProofDimension = 0 });
        Assert.True(pairs.Completeness != Completeness.Incomplete && pairs.Converged, $"seed {seed}: {pairs.Completeness}, {pairs.Flags}");
        return pairs.Values.Zip(pairs.ValueBounds).Count(pair => Math.Abs(pair.First - 2) <= pair.Second + Tolerances.DenseEigenvalue(dimension) * pairs.Norm);
    }

    /// <summary>A value 2 of the given multiplicity, some values above it, the rest in [−1, 1].</summary>
    private static DenseOperator Planted(int seed, int copies, int dimension, int above)
    {
        var random = new RandomSource((ulong)seed, 17);
        double[] values = [.. Enumerable.Range(0, dimension).Select(i => i < copies ? 2 : i < copies + above ? random.NextDouble(2.2, 4) : random.NextDouble(-1, 1))];
        return PlantedSpectrum.Create(values, Numerics.Subspaces.Random(dimension, dimension, random).Basis()).Operator;
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>What a result says of its own search for missed eigenvalues.</summary>
public class CompletenessEffortTests
{
    /// <summary>
    /// One Krylov space holds one copy of a value that is repeated five times: the others are the sweeps' doing. Kills a counter that never counts, and
    /// a solver that claims sweeps it did not make.
    /// </summary>
    [Fact]
    public void Copies_that_only_a_sweep_can_find_are_counted()
    {
        using var scope = NewDisposeScope();
        var values = cat([full(5, 3.0, ScalarType.Float64), 1 / arange(1, 196, dtype: ScalarType.Float64)], 0);
        var op = new CountingOperator(new DenseOperator(diag(values)));

        var pairs = new ThickRestartLanczos().Solve(op, new EigenRequest(5));

        Assert.All(pairs.Values, value => Assert.Equal(3, value, Tolerances.NoiseFloor(pairs.Noise) * pairs.Norm));
        Assert.InRange(pairs.Effort.Missed, 1, 4);
        Assert.InRange(pairs.Effort.SweepProducts, 10, pairs.Products);
        Assert.Equal(200, pairs.Effort.ProofProducts);
        Assert.Equal(op.Products, pairs.Products + pairs.Effort.ProofProducts);
    }

    /// <summary>
    /// The dense solver sees the whole spectrum: it sweeps nothing and proves nothing beyond.
    /// Kills: a count of its n products as effort.
    /// </summary>
    [Fact]
    public void The_dense_solver_spends_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(CompletenessEffort.None, new DenseEigensolver().Solve(new DenseOperator(eye(4, dtype: ScalarType.Float64)), new EigenRequest(2)).Effort);
    }
}

using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Where solvers break: tiny, zero, huge, broken, impatient. Each names what a careless implementation does there.</summary>
public class SolverEdgeTests
{
    private static readonly IEigensolver[] s_solvers = [new DenseEigensolver(), new ThickRestartLanczos()];

    public static TheoryData<IEigensolver> Solvers => [.. s_solvers];

    /// <summary>Kills: a basis size larger than n, a division by the zero coupling of an exhausted space.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void One_by_one(IEigensolver solver)
    {
        using var scope = NewDisposeScope();
        var pairs = solver.Solve(Diagonal(-3), new EigenRequest(2));
        Assert.Equal([-3.0], pairs.Values);
        Assert.Equal(1, pairs.Vectors[0, 0].abs().ToDouble(), Tolerances.Orthonormality(1, 1));
        Assert.Equal(EigenFlags.FewerThanRequested, pairs.Flags);
        Assert.Equal(Completeness.Proved, pairs.Completeness);
        Assert.True(pairs.Converged);
    }

    /// <summary>Kills: 0/0 in relative residuals, a random vector normalised by a zero product, "not converged" for want of a scale.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void Zero_operator(IEigensolver solver)
    {
        using var scope = NewDisposeScope();
        var op = Diagonal(new double[50]);
        var pairs = solver.Solve(op, new EigenRequest(7));
        Assert.All(pairs.Values, value => Assert.Equal(0, value));
        Assert.True(pairs.Flags.HasFlag(EigenFlags.NumericallyZero) && pairs.Flags.HasFlag(EigenFlags.ClusterCut));
        Assert.True(pairs.Converged);
        Expect.None(EigenpairChecks.Orthonormal(pairs));
    }

    /// <summary>Kills: a count of k where only n exist, the k-th value taken from an uninitialised buffer.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void All_pairs_and_more(IEigensolver solver)
    {
        using var scope = NewDisposeScope();
        var spec = new SpectrumSpec(SpectrumFamily.Doubles, 13, 20, SpectrumEnd.Largest, true, 5);
        var planted = PlantedSpectrum.Create(spec);
        var pairs = solver.Solve(planted.Operator, spec.Request);
        Assert.Equal(13, pairs.Count);
        Assert.True(pairs.Flags.HasFlag(EigenFlags.FewerThanRequested));
        Assert.Equal(Completeness.Proved, pairs.Completeness);
        Expect.None(PairChecks.All(planted, spec.Request, pairs));
    }

    /// <summary>Kills: squared norms that over- or underflow, an absolute tolerance, an absolute zero test.</summary>
    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    [InlineData(1e30)]
    [InlineData(1e-30)]
    public void Scale_changes_nothing_but_the_scale(double scale)
    {
        using var scope = NewDisposeScope();
        var spec = new SpectrumSpec(SpectrumFamily.OutlierAndBulk, 60, 6, SpectrumEnd.Largest, true, 7);
        var planted = PlantedSpectrum.Create(spec);
        var scaled = PlantedSpectrum.Create([.. planted.Eigenvalues.Select(value => value * scale)], planted.Eigenvectors);
        foreach (var solver in s_solvers)
        {
            var pairs = solver.Solve(scaled.Operator, spec.Request with { ProofDimension = 100 });
            Assert.Equal(Completeness.Proved, pairs.Completeness);
            Expect.None(PairChecks.All(scaled, spec.Request, pairs));
            Expect.None(EigenpairChecks.Converged(scaled.Operator, pairs));
        }
    }

    /// <summary>Kills: symmetrising first and asking later.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void An_operator_that_is_not_symmetric_is_flagged(IEigensolver solver)
    {
        using var scope = NewDisposeScope();
        var pairs = solver.Solve(new Broken(0.5), new EigenRequest(3) { ProofDimension = 0 });
        Assert.True(pairs.Flags.HasFlag(EigenFlags.NotSymmetric), $"asymmetry {pairs.Asymmetry:g3}, flags {pairs.Flags}");
    }

    /// <summary>Kills: a result that pretends when the budget was spent.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public void A_spent_budget_returns_what_there_is_and_says_so(long budget)
    {
        using var scope = NewDisposeScope();
        var spec = new SpectrumSpec(SpectrumFamily.WellSeparated, 200, 10, SpectrumEnd.Largest, true, 3);
        var planted = PlantedSpectrum.Create(spec);
        var pairs = new ThickRestartLanczos().Solve(planted.Operator, spec.Request with { MaxProducts = budget });
        Assert.Equal(Completeness.Incomplete, pairs.Completeness);
        Assert.True(pairs.Flags.HasFlag(EigenFlags.BudgetSpent) && pairs.Flags.HasFlag(EigenFlags.NotConverged));
        Assert.InRange(pairs.Count, 1, 10);
        Expect.None(EigenpairChecks.ClaimedResiduals(planted.Operator, pairs));
    }

    [Fact]
    public void Cancellation_is_honoured_between_products()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        var op = new Cancelling(PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 100, 5, SpectrumEnd.Largest, false, 1)).Operator, source);
        Assert.Throws<OperationCanceledException>(() => new ThickRestartLanczos().Solve(op, new EigenRequest(5), null, source.Token));
        Assert.Equal(12, op.Calls);
    }

    [Fact]
    public void Progress_ends_at_one()
    {
        using var scope = NewDisposeScope();
        var seen = new List<double>();
        new ThickRestartLanczos().Solve(
            PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 100, 5, SpectrumEnd.Largest, false, 1)).Operator,
            new EigenRequest(5), new Recorder(seen));
        Assert.All(seen, share => Assert.InRange(share, 0, 1));
        Assert.Equal(1, seen[^1]);
    }

    [Fact]
    public void The_dense_solver_refuses_what_is_too_large()
    {
        var exception = Assert.Throws<ArgumentException>(() => new DenseEigensolver().Solve(new Huge(), new EigenRequest(1)));
        Assert.Equal("The dense solver takes operators up to dimension 4000, got 4001. Use ThickRestartLanczos. (Parameter 'op')", exception.Message);
    }

    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(3, double.NaN)]
    public void A_request_must_make_sense(int count, double tolerance) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new ThickRestartLanczos().Solve(new Huge(), new EigenRequest(count, Tolerance: tolerance)));

    /// <summary>Kills: tensors of the iteration left in the caller's scope, a basis never freed.</summary>
    [Fact]
    public void Only_the_vectors_reach_the_caller()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.Doubles, 80, 6, SpectrumEnd.Largest, true, 2));
        foreach (var solver in s_solvers)
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            solver.Solve(planted.Operator, new EigenRequest(6)).Vectors.Dispose();
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    private static DenseOperator Diagonal(params double[] values) => new(tensor(values).diag());

    /// <summary>A diagonal matrix with one entry above the diagonal.</summary>
    private sealed class Broken(double entry) : ISymmetricOperator
    {
        public long Dimension => 40;

        public Tensor Multiply(Tensor block)
        {
            using var scope = NewDisposeScope();
            var result = block * arange(1, 41, dtype: ScalarType.Float64);
            result.select(1, 3).add_(block.select(1, 9) * entry);
            return result.MoveToOuterDisposeScope();
        }
    }

    private sealed class Cancelling(ISymmetricOperator inner, CancellationTokenSource source) : ISymmetricOperator
    {
        public int Calls { get; private set; }

        public long Dimension => inner.Dimension;

        public Tensor Multiply(Tensor block)
        {
            if (++Calls == 12)
                source.Cancel();
            return inner.Multiply(block);
        }
    }

    private sealed class Huge : ISymmetricOperator
    {
        public long Dimension => 4001;

        public Tensor Multiply(Tensor block) => block.alias();
    }

    private sealed class Recorder(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}

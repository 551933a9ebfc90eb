using FsCheck.Xunit;
using Harness.Numerics.Tests.Mutants;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Checks;

/// <summary>The table of scale-free ratios: right answers are within every limit, and each kind of wrong one is beyond the limit meant for it.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 20, QuietOnSuccess = true)]
public class RatioTests
{
    private static readonly SpectrumSpec s_spec = new(SpectrumFamily.OutlierAndBulk, 40, 5, SpectrumEnd.Largest, true, 9);

    /// <summary>Kills: a ratio that is relative to nothing, 0/0 for the zero operator, a limit that rounding breaks.</summary>
    [Property]
    public void A_right_answer_is_within_every_limit(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        foreach (var solver in new IEigensolver[] { new ThickRestartLanczos(), new DenseEigensolver() })
        {
            var request = spec.Request with { ProofDimension = 200 };
            var pairs = solver.Solve(planted.Operator, request);
            // At the flat end of a graded spectrum the budget may be spent first; an answer that says so is right about everything else.
            var ratios = EigenpairChecks.Ratios(planted.Operator, request, pairs).Where(ratio => pairs.Converged || ratio.Name != "stopping rule");
            Assert.All(ratios, ratio => Assert.True(ratio.Holds || (ratio.Name == "eigenvalues" && pairs.Completeness == Completeness.Incomplete), $"{ratio}"));
        }
    }

    /// <summary>Kills: an absolute number anywhere.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(-500)]
    public void The_scale_of_the_operator_changes_no_ratio(int exponent)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(s_spec);
        var scaled = new DenseOperator(planted.Operator.Matrix * Math.ScaleB(1, exponent));
        var ratios = Ratios(planted.Operator, new ThickRestartLanczos().Solve(planted.Operator, s_spec.Request));
        var other = Ratios(scaled, new ThickRestartLanczos().Solve(scaled, s_spec.Request));
        Assert.All(ratios.Zip(other), pair => Assert.Equal(pair.First.Measured, pair.Second.Measured, 1e-3 * (1 + pair.First.Measured)));
    }

    [Fact]
    public void Limits_are_members_of_the_tolerances()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(s_spec);
        var names = typeof(Tolerances).GetMembers().Select(member => member.Name).ToHashSet();
        Assert.All(Ratios(planted.Operator, new DenseEigensolver().Solve(planted.Operator, s_spec.Request)), ratio => Assert.True(ratio.Tolerance == "bitwise" || names.Contains(ratio.Tolerance), ratio.Tolerance));
    }

    [Fact]
    public void Vectors_that_are_mixed_are_beyond_the_residual_limit() => Beyond(["residual", "stopping rule", "claimed residual"], (values, vectors) =>
        (values, cat([(vectors[0] * Math.Cos(0.01) + vectors[1] * Math.Sin(0.01)).unsqueeze(0), vectors.narrow(0, 1, 4)], 0)));

    [Fact]
    public void Vectors_of_the_wrong_length_are_not_orthonormal() => Beyond(["orthonormality"], (values, vectors) => (values, vectors * (1 + 1e-13)));

    [Fact]
    public void A_skipped_eigenvalue_is_noticed() => Beyond(["eigenvalues"], (values, vectors) => (values[1..], vectors.narrow(0, 1, 4)));

    /// <summary>Kills: residuals believed as claimed.</summary>
    [Fact]
    public void Residuals_claimed_too_small_or_too_large_are_noticed()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(s_spec);
        var pairs = new DenseEigensolver().Solve(planted.Operator, s_spec.Request);
        var claim = Claims.Of(planted.Operator, pairs.Values, pairs.Vectors, [.. pairs.Residuals.Select(residual => residual + 1e-9 * pairs.Norm)]);
        Assert.Equal(["claimed residual"], Failed(Ratios(planted.Operator, claim)));
    }

    [Theory]
    [InlineData(Fault.Asymmetric, "symmetry")]
    [InlineData(Fault.Nonlinear, "linearity")]
    [InlineData(Fault.Unrepeatable, "repetition")]
    [InlineData(Fault.HiddenConstant, "power of two")]
    public void A_faulty_operator_is_beyond_the_limit_meant_for_it(Fault fault, string check)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(s_spec);
        var pairs = new DenseEigensolver().Solve(planted.Operator, s_spec.Request);
        Assert.Contains(check, Failed(EigenpairChecks.Ratios(new Faulty(planted.Operator, fault), s_spec.Request, pairs, denseDimension: 0)));
    }

    private static void Beyond(string[] checks, Func<double[], Tensor, (double[], Tensor)> tamper)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(s_spec);
        var pairs = new DenseEigensolver().Solve(planted.Operator, s_spec.Request);
        var (values, vectors) = tamper(pairs.Values, pairs.Vectors);
        var claim = Claims.Of(planted.Operator, values, vectors, [.. pairs.Residuals.Take(values.Length)]);
        Assert.Equal(checks, Failed(Ratios(planted.Operator, claim)).Where(name => checks.Contains(name)));
    }

    private static IReadOnlyList<MeasuredRatio> Ratios(ISymmetricOperator op, Eigenpairs pairs) => EigenpairChecks.Ratios(op, s_spec.Request, pairs);

    private static string[] Failed(IEnumerable<MeasuredRatio> ratios) => [.. ratios.Where(ratio => !ratio.Holds).Select(ratio => ratio.Name)];

    public enum Fault
    {
        Asymmetric,
        Nonlinear,
        Unrepeatable,
        HiddenConstant,
    }

    private sealed class Faulty(DenseOperator inner, Fault fault) : ISymmetricOperator
    {
        private int _calls;

        public long Dimension => inner.Dimension;

        public Tensor Multiply(Tensor block)
        {
            using var scope = NewDisposeScope();
            var result = inner.Multiply(block);
            switch (fault)
            {
                case Fault.Asymmetric:
                    result.select(1, 3).add_(block.select(1, 9));
                    break;
                case Fault.Nonlinear:
                    result = result + 1e-3 * block.square();
                    break;
                case Fault.Unrepeatable:
                    result = result * (1 + 1e-15 * ++_calls);
                    break;
                default:
                    result = result * (block.norm() / (block.norm() + 1e-12));
                    break;
            }
            return result.MoveToOuterDisposeScope();
        }
    }
}

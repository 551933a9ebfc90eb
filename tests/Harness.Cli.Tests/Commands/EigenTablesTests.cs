using Harness.Numerics;
using Spectre.Console;
using TorchSharp;
using VerifyXunit;

namespace Harness.Cli.Tests;

public class EigenTablesTests
{
    /// <summary>Two copies and a cut third, a negative one that has not converged, one that cannot be told from zero; a check that fails.</summary>
    [Fact]
    public Task Of_hard_pairs()
    {
        using var scope = torch.NewDisposeScope();
        var pairs = new Eigenpairs
        {
            Values = [2, 2, 1.5, -0.5, 1e-15],
            Vectors = torch.eye(5, dtype: torch.float64),
            Residuals = [1e-9, 3e-9, 1e-12, 0.01, 1e-15],
            ResidualLimits = [2e-6, 2e-6, 1e-6, 5e-7, 1e-12],
            ValueBounds = [1e-9, 3e-9, 1e-14, 0.3, 1e-15],
            AngleBounds = [1e-8, 1e-8, null, null, null],
            Clusters = [new([0, 1], IsCut: false), new([2], IsCut: true), new([3], IsCut: false), new([4], IsCut: false)],
            Products = 42, Effort = CompletenessEffort.None, Completeness = Completeness.Probable, Noise = 1e-13, Norm = 2, Asymmetry = 1e-14,
            Flags = EigenFlags.NotConverged | EigenFlags.NumericallyZero | EigenFlags.ClusterCut,
        };
        var validity = new EigenValidity(
            [
                new(ValidityOutcome.Left, 0.0123, 1e-12, 4.5, new(7, 40000)), new(ValidityOutcome.Held, 3.5, 1e-12, null, new(20000, 40000)),
                new(ValidityOutcome.NeverHeld, 0, 2e-12, -3e5, new(1, 40000)), new(ValidityOutcome.Unmeasurable, null, 1e3, null, default),
                new(ValidityOutcome.ZeroEigenvalue, null, double.NaN, null, default),
            ],
            3.5, 200, null);
        MeasuredRatio[] checks =
        [
            new("residual", "‖Hv − λv‖ / (‖H‖·max(tol, η))", 5000, 10, nameof(Tolerances.ResidualRatio)),
            new("orthonormality", "max |VVᵀ − I| / (max(k, √n)·u)", 1.5, 10, nameof(Tolerances.Orthonormality)),
            new("symmetry", "|uᵀHw − wᵀHu| / (η‖H‖)", 1e-6, 4, nameof(Tolerances.SameProduct)),
            new("repetition", "entries of Hv and Hv again whose bits differ", 0, 0, "bitwise"),
        ];
        using var output = new StringWriter();
        var console = Terminal.Over(output, isTerminal: false);
        console.Write(EigenTables.Pairs(pairs, validity));
        foreach (var line in EigenTables.Legend(pairs, validity))
            console.WriteLine(line);
        console.Write(EigenTables.Checks(checks));
        return Verifier.Verify(output.ToString());
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("1–3, 7", 0, 1, 2, 6)]
    [InlineData("2, 4–5", 1, 3, 4)]
    public void Ranks_are_counted_from_one_and_runs_shortened(string expected, params int[] positions) =>
        Assert.Equal(expected, EigenRemarks.Ranks(positions));
}

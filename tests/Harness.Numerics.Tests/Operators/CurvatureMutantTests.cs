using Harness.Models;

namespace Harness.Numerics.Tests;

/// <summary>Each faulty curvature is rejected, by the check that is meant for it; without a flaw the same code passes.</summary>
public class CurvatureMutantTests
{
    private static readonly NetworkSpec Spec = new(3, 4, 1, 3, 11, 4, Activation.Gelu, LossKind.CrossEntropy, true, 0.3, 5);

    [Theory]
    [InlineData(CurvatureFlaw.MissingTwo, LossKind.MeanSquaredError, "GGN = Hessian of a linear network")]
    [InlineData(CurvatureFlaw.SumInsteadOfMean, LossKind.CrossEntropy, "GGN = Hessian of a linear network")]
    [InlineData(CurvatureFlaw.NoWeightDecay, LossKind.CrossEntropy, "GGN = Hessian of a linear network")]
    [InlineData(CurvatureFlaw.EmpiricalForTrue, LossKind.CrossEntropy, "true Fisher = GGN of the likelihood")]
    [InlineData(CurvatureFlaw.EmpiricalForTrue, LossKind.MeanSquaredError, "true Fisher = GGN of the likelihood")]
    public void A_wrong_matrix_is_rejected(CurvatureFlaw flaw, LossKind loss, string check) =>
        Assert.Equal(check, CurvatureChecks.All(Curvatures.ByDefinition(flaw), Spec with { Loss = loss })?.Check);

    [Theory]
    [InlineData(CurvatureFlaw.BatchesUnweighted)]
    [InlineData(CurvatureFlaw.LastBatchDropped)]
    public void A_wrong_mean_over_batches_is_rejected(CurvatureFlaw flaw)
    {
        foreach (var kind in Enum.GetValues<CurvatureKind>())
            Assert.Equal("partition of the data", CurvatureChecks.Partition(Curvatures.ByDefinition(flaw), kind, Spec)?.Check);
    }

    [Fact]
    public void Ignored_weights_are_rejected()
    {
        foreach (var kind in Enum.GetValues<CurvatureKind>())
            Assert.Equal("repeated samples", CurvatureChecks.RepeatedSamples(Curvatures.ByDefinition(CurvatureFlaw.WeightsIgnored), kind, Spec)?.Check);
    }

    [Theory]
    [InlineData(LossKind.CrossEntropy)]
    [InlineData(LossKind.MeanSquaredError)]
    public void Without_a_flaw_the_definition_passes(LossKind loss)
    {
        for (var seed = 0; seed < 5; seed++)
            Expect.None(CurvatureChecks.All(Curvatures.ByDefinition(CurvatureFlaw.None), Spec with { Loss = loss, Seed = seed }));
    }
}

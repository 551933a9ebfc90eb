using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Scores taken apart by planted subnetwork.</summary>
public class PlantReadingTests
{
    private const string Model = "superposition-5-2-untied";

    /// <summary>
    /// The scores are made of these numbers and of nothing else. Kills: a mean that counts what does not apply as 0, what was not found as nothing, or numbers of the
    /// submitted subnetworks in their own order.
    /// </summary>
    [Theory]
    [InlineData("oracle-noise-50")]
    [InlineData("oracle-dropped")]
    [InlineData("oracle-merged")]
    [InlineData("oracle-reordered")]
    [InlineData("oracle-active")]
    [InlineData("theta-star-repeated")]
    public void They_add_up_to_the_scores(string miniature)
    {
        var (line, plants) = Graded(miniature);
        foreach (var check in new[] { "recovery.directions", "recovery.components" })
            Assert.Equal(
                line.Value(check)!.Value!.Value,
                plants.Sum(plant => plant.Values[check]) / Math.Max(plants.Count, line.Value($"{check}.alive")!.Value!.Value), Tolerances.RecoveryIdentity);
        foreach (var axis in AxisCatalog.All.Select(axis => line.Value(axis.Check)!).Where(value => plants.Any(plant => plant.Values.ContainsKey(value.Check))))
            Assert.Equal(axis.Value!.Value, plants.Where(plant => plant.Values.ContainsKey(axis.Check)).Average(plant => plant.Values[axis.Check]), Tolerances.RecoveryIdentity);
        Assert.Contains(plants, plant => plant.Values.ContainsKey("selectivity") && plant.Values.ContainsKey("necessity.active"));
    }

    /// <summary>The one that was left out is the one that is 0, whatever place the others have.</summary>
    [Fact]
    public void What_was_not_found_is_told_by_name()
    {
        var (_, plants) = Graded("oracle-dropped");
        var missing = Assert.Single(plants, plant => plant.Values["recovery.directions"] == 0);
        Assert.Equal(GradingCase.Of(Model).Model.Truth.Subnetworks[0].Name, missing.Name);
        Assert.DoesNotContain("recovery.directions.submitted", missing.Values.Keys);
        Assert.Equal(0, missing.Values["selectivity"]);
        Assert.Equal([0.0, 1, 2, 3], plants.Skip(1).Select(plant => plant.Values["recovery.directions.submitted"]));
        Assert.All(plants.Skip(1), plant => Assert.Equal(
            [1, 1, 1, 1], new[] { "recovery.directions.containment", "recovery.directions.coverage", "recovery.directions.extent", "recovery.components.dice" }
                .Select(name => Math.Round(plant.Values[name], 9))));
    }

    /// <summary>Shares of the answer by tensor add up to 1, but for tensors with less than a hundredth.</summary>
    [Fact]
    public void Shares_by_tensor_add_up()
    {
        var (_, plants) = Graded("oracle-active");
        Assert.All(plants, plant => Assert.InRange(
            plant.Values.Where(one => one.Key.StartsWith("recovery.directions.share/", StringComparison.Ordinal)).Sum(one => one.Value), 0.97, 1 + Tolerances.RecoveryIdentity));
    }

    [Fact]
    public void They_are_in_the_record_of_methods_only_and_fit_its_schema()
    {
        var (line, plants) = Graded("oracle-active");
        Assert.Equal(5, plants.Count);
        Assert.Empty(new SchemaValidator(RunJson.JsonSchema()).Errors(RunJson.Write(line)));
        Assert.Equal(RunJson.Write(line), RunJson.Write(RunJson.Read(RunJson.Write(line))));
        Assert.Null(Run("oracle-active", MethodRole.Oracle).Plants);
    }

    private static (CaseLine Line, IReadOnlyList<PlantReading> Plants) Graded(string miniature) 
    {
        var line = Run(miniature, MethodRole.Method);
        return (line, line.Plants!);
    }

    private static CaseLine Run(string miniature, MethodRole role)
    {
        using var scope = NewDisposeScope();
        var cases = new List<CaseLine>();
        new GradeRun(new GradePlan { Models = [Model], Methods = [GradedMethod.Of(MiniatureCatalog.Get(miniature)) with { Role = role }] }).Execute(cases.Add);
        return Assert.Single(cases);
    }
}

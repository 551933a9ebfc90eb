using Harness.Decompositions;
using Harness.Grading;
using Harness.Numerics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>What the built-in methods reach under the grader, where it is a claim of the project.</summary>
public sealed class RecoveryTests
{
    /// <summary>
    /// unit-clusters recovers closed-form modular addition, plain and disguised, in both columns. Kills a grader that compares
    /// without pulling the answer back (rescaled answers would drop), as well as a method that finds less than the frequencies.
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData(DisguiseKind.Permute)]
    [InlineData(DisguiseKind.Rescale)]
    public void Unit_clusters_recover_modular_addition(DisguiseKind? disguise)
    {
        using var scope = NewDisposeScope();
        var columns = Grade("unit-clusters", new CaseRecipe("modular-addition", 0, disguise, 1), 0);
        Assert.Equal(2, columns.Count);
        Assert.All(columns, value => Assert.InRange(value, 0.95, 1 + Tolerances.RecoveryIdentity));
    }

    /// <summary>
    /// random is worth next to nothing in both columns. On models of a few dozen parameters one draw scatters, so the mean over
    /// 20 seeds is judged. Kills a random method whose subspaces are few coordinates or look at the model.
    /// </summary>
    [Theory]
    [InlineData("modular-addition")]
    [InlineData("direct-sum")]
    [InlineData("superposition-5-2")]
    [InlineData("superposition-5-2-untied")]
    [InlineData("superposition-5-5")]
    public void Random_recovers_nothing(string model)
    {
        using var scope = NewDisposeScope();
        var seeds = Enumerable.Range(0, model == "modular-addition" ? 2 : 20).Select(seed => Grade("random", new CaseRecipe(model), (ulong)seed)).ToArray();
        for (var column = 0; column < 2; column++)
            Assert.InRange(seeds.Average(values => values[column]), 0, 0.1);
    }

    private static IReadOnlyList<double> Grade(string method, CaseRecipe recipe, ulong seed)
    {
        var model = recipe.Build();
        using var profile = TruthProfile.Of(model);
        var answer = MethodCatalog.Create(method).Decompose(model.ToSubject(), MethodContext.Default(seed));
        return [.. RecoveryGrader.Grade(profile, model, answer).Select(column => column.Score!.Value)];
    }
}

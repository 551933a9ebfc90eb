using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

public class CheckValueTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Explore()
    {
        using var scope = NewDisposeScope();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var model = ToyModelCatalog.Create("modular-addition");
        using var profile = TruthProfile.Of(model);
        output.WriteLine($"profile {watch.Elapsed.TotalSeconds}");
        output.WriteLine($"P {profile.Layout.Length} d {profile.SumDimension} r {profile.Sensitivities[0].Dimension} lambda {profile.Sensitivities[0].TopSum(1)}");
        foreach (var miniature in MiniatureCatalog.All)
        {
            watch.Restart();
            using var inner = NewDisposeScope();
            try
            {
                if (!miniature.AppliesTo(model)) { output.WriteLine($"{miniature.Name} n/a"); continue; }
                var answer = new MiniatureMethod(miniature, model, profile).Decompose(model.ToSubject(), Harness.Decompositions.MethodContext.Default(0));
                var columns = RecoveryGrader.Grade(profile, model, answer);
                output.WriteLine($"{miniature.Name,-24} {string.Join(" | ", columns.Select(c => c.Score?.Value.ToString("0.000000") ?? c.Skipped))} {watch.Elapsed.TotalSeconds:0.00}s");
            }
            catch (InvalidDecompositionException e) { output.WriteLine($"{miniature.Name}: {e.Message}"); }
        }
    }
}

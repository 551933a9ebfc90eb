using System.Diagnostics;
using Harness.ToyModels;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// The largest plants are graded in full (profile, both columns, families, nulls, axes, findings) in the memory of a small machine: kills whatever writes
/// out a matrix of all parameters, which would take 51 GB in one case and 3 GB in the other. Times are printed and are no condition.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public class ScaleTests(ITestOutputHelper output)
{
    /// <summary>2 GiB, less what the test host and other tests hold already.</summary>
    private const double MostGrowthMiB = 1024;

    public static TheoryData<string> Plants => ["low-rank", "branches"];

    [Theory]
    [MemberData(nameof(Plants))]
    public void Large_plants_are_graded_in_little_memory(string id)
    {
        using var scope = NewDisposeScope();
        var model = id == "low-rank" ? LargePlant.OfLowRank() : LargePlant.OfBranches();
        using var process = Process.GetCurrentProcess();
        var (before, watch, processor) = (process.WorkingSet64 / (1024.0 * 1024), Stopwatch.StartNew(), process.TotalProcessorTime);
        MemoryMeter.Reset();
        using var profile = TruthProfile.Of(model);
        var desk = new GradingDesk(profile, model, new FamilyScores(profile, model));
        var seen = new GradingCase(model, profile);
        foreach (var miniature in new[] { "oracle-noise-10", "per-tensor" })
        {
            using var inner = NewDisposeScope();
            var values = desk.Grade(seen.Answer(miniature), MethodRole.Method).Values.Where(value => value.Check.StartsWith("recovery.", StringComparison.Ordinal) && value.Bar is not null);
            foreach (var value in values)
                Assert.True(miniature == "per-tensor" ? value.Value < 0.5 : value.Value > 0.9, $"{miniature}, {value.Check}: {value.Value}");
        }
        process.Refresh();
        var peak = MemoryMeter.PeakMiB();
        output.WriteLine(
            $"{id}: P = {profile.Layout.Length}, {watch.Elapsed.TotalSeconds:0.0} s, {(process.TotalProcessorTime - processor).TotalSeconds:0.0} CPU s, {peak:0} MiB at most, {before:0} MiB before");
        Assert.InRange(peak - before, 0, MostGrowthMiB);
    }
}

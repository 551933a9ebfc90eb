using Harness.Grading;
using VerifyXunit;

namespace Harness.Reporting.Tests;

public class CaseExplanationsTests
{
    /// <summary>A score, its findings, axes with and without a value, an error with an escape sequence in it; and nothing of oracles and nulls.</summary>
    [Fact]
    public Task Every_method_case_is_explained() =>
        Verifier.Verify(PlainConsole.Render(100, console => CaseExplanations.Write(console, Explained())));

    [Fact]
    public void Oracles_and_nulls_need_no_explanation()
    {
        Assert.NotEmpty(CaseExplanations.Cases(TinyRecord.Complete));
        Assert.All(CaseExplanations.Cases(TinyRecord.Complete), line => Assert.True(line.Role is MethodRole.Method or MethodRole.Baseline));
    }

    private static RunRecord Explained() => TinyRecord.Complete with
    {
        Cases = [.. TinyRecord.Complete.Cases.Take(5).Select(line => line.Role != MethodRole.Method ? line : line with
        {
            Values =
            [
                .. line.Values,
                new CheckValue("selectivity") { Value = 0.25, Oracle = 1, Null = 0.1, Direction = CheckDirection.Higher },
                new CheckValue("faithfulness.sum") { Value = 0.5, Oracle = 0, Direction = CheckDirection.Lower },
                new CheckValue("activity.auroc") { Reason = "the answer claims no activity" },
                new CheckValue("activity.precision") { Reason = "the answer claims no activity" },
            ],
            Findings = ["Directions: Not found: 'frequency 3'."],
            Plants =
            [
                new PlantReading("frequency [3]", new Dictionary<string, double> { ["recovery.directions"] = 0, ["selectivity"] = 0 }),
                .. Enumerable.Range(5, 7).Select(k => new PlantReading($"frequency {k}", new Dictionary<string, double>
                {
                    ["recovery.directions"] = k / 20.0, ["recovery.directions.submitted"] = 12 - k, ["recovery.directions.containment"] = 0.75, ["recovery.directions.coverage"] = 0.5,
                    ["recovery.directions.extent"] = 0.25, ["recovery.directions.share/w_in"] = 0.6, ["recovery.directions.share/w_out"] = 0.4, ["selectivity"] = 0.5,
                })),
            ],
        }), .. TinyRecord.Complete.Cases.Where(line => line.Key.Method == "builtin:flaky").TakeLast(1), TinyRecord.Complete.Cases.First(line => line.Role == MethodRole.Baseline)],
    };
}

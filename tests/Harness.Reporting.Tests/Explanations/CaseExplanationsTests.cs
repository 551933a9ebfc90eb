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
        }), .. TinyRecord.Complete.Cases.Where(line => line.Key.Method == "builtin:flaky").TakeLast(1), TinyRecord.Complete.Cases.First(line => line.Role == MethodRole.Baseline)],
    };
}

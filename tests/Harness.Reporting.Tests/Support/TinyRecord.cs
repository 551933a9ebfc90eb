using Harness.Grading;

namespace Harness.Reporting.Tests;

/// <summary>A made-up run of two models in two disguises, with every kind of cell.</summary>
internal static class TinyRecord
{
    public static RunRecord Complete { get; } = Of(complete: true);

    public static RunRecord Unfinished { get; } = Of(complete: false);

    private static RunRecord Of(bool complete)
    {
        var header = new HeaderLine(
            RunJson.Schema, new ToolDescription("0.1.0", null, null),
            new EnvironmentDescription("x86_64", "Linux", "cpu", "float64", 1, null, null, null),
            ["harness", "grade"], new SuiteDescription("tiny", "1"), [0], DateTimeOffset.UnixEpoch);
        var cases = Cases().ToList();
        var footer = new FooterLine(new Dictionary<string, int> { ["cases"] = cases.Count }, true, 2.5);
        return complete ? new RunRecord(header, cases, footer) : new RunRecord(header, cases[..10], null);
    }

    private static IEnumerable<CaseLine> Cases()
    {
        foreach (var model in new[] { "modular-addition", "superposition-5-2-untied" })
            foreach (var disguise in new[] { "none", "permute:0" })
            {
                var (first, plain) = (model == "modular-addition", disguise == "none");
                yield return Case(model, disguise, "builtin:miniature/oracle", MethodRole.Oracle, Plain("directions", 1), Plain("components", 1));
                yield return Case(model, disguise, "builtin:weak", MethodRole.Method, Judged("directions", plain ? 0.012 : 0.148, 0.04), Partial("directions", plain ? 1 : 0), Skipped("components"));
                yield return Case(model, disguise, "builtin:strong", MethodRole.Method,
                    first ? Judged("directions", 0.97, 0.04) : Refused("directions", 0.81), Null("directions", "miniature/output-bias", first ? 0.04 : 1), Null("directions", "name-prefix.sd", 0.04), first ? Judged("components", -0.001, 0) : Judged("components", 0.66, 0.2));
                yield return Case(model, disguise, "cmd:python a|b <x>.py", MethodRole.Method,
                    first ? Judged("directions", double.NaN, 0.04) : Errored("InvalidOperationException: 3 of 4 [rows] | lost"));
                if (first)
                    yield return Case(model, disguise, "builtin:flaky", MethodRole.Method, plain
                        ? Judged("directions", 0.9, 0.04) : Errored("TimeoutException: \u001b[31mline one\nline two"));
                yield return Case(
                    model, disguise, "builtin:simple", MethodRole.Baseline, Judged("directions", 0.2, 0.04) with { Verdict = null }, Skipped("components") with { Verdict = null });
                yield return Case(model, disguise, "builtin:miniature/oracle-noise-10", MethodRole.Control, Plain("directions", 0.9905), Plain("components", 0.988));
                yield return Case(model, disguise, "builtin:miniature/theta-star", MethodRole.Null, Plain("directions", 1e-17), Plain("components", 0));
            }
    }

    private static CaseLine Case(string model, string disguise, string method, MethodRole role, params CheckValue[] values) => new(
        new CaseKey(model, 0, disguise, method, "00000000", 0), CaseLine.Decomposition, role, new string('a', 64), values,
        new CaseCost(0.5, null, null, 12.5), "./harness grade");

    private static CheckValue Plain(string column, double value) => new($"recovery.{column}") { Value = value };

    private static CheckValue Partial(string column, int count) => new($"recovery.{column}.partial") { Value = count };

    private static CheckValue Null(string column, string name, double value) => new($"recovery.{column}.null/{name}") { Value = value };

    private static CheckValue Judged(string column, double value, double best)
    {
        var bar = best + 0.5 * (1 - best);
        return new($"recovery.{column}")
        {
            Level = CheckLevel.Should, Value = value, Null = best, Oracle = 1, Bar = bar, Verdict = value >= bar ? Verdict.Pass : Verdict.Fail,
        };
    }

    private static CheckValue Refused(string column, double value) => new($"recovery.{column}")
    {
        Level = CheckLevel.Should, Value = value, Null = 1, Oracle = 1, Verdict = Verdict.Skipped, Reason = "the null 'name-prefix' reaches 1.000; the truth itself has 1.000",
    };

    private static CheckValue Skipped(string column) => new($"recovery.{column}")
    {
        Level = CheckLevel.Should, Verdict = Verdict.Skipped, Reason = "the answer has directions only",
    };

    private static CheckValue Errored(string reason) => new("decomposition.valid") { Level = CheckLevel.Must, Verdict = Verdict.Errored, Reason = reason };
}

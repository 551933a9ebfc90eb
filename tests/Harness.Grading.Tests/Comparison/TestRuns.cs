using FsCheck;
using FsCheck.Fluent;
using Harness.Models;

namespace Harness.Grading.Tests;

/// <summary>Made-up records: some methods on a model, each at some seeds, with one check whose numbers vary with the seed or do not.</summary>
/// <param name="Methods">How many methods.</param>
/// <param name="Seeds">How many seeds of each.</param>
/// <param name="Spread">Standard deviation of the numbers over seeds; 0: they do not vary.</param>
/// <param name="Seed">Draws the numbers.</param>
public sealed record TestRuns(int Methods, int Seeds, double Spread, int Seed)
{
    internal const string Check = "recovery.directions";

    /// <summary>The record; another stream draws other numbers of the same distribution.</summary>
    internal RunRecord Build(ulong stream = 0) => Of(
        Enumerable.Range(0, Methods).SelectMany(method => Enumerable.Range(0, Seeds).Select(seed =>
        {
            var noise = new RandomSource((ulong)Seed, stream * 1_000_003 + (ulong)(method * 1000 + seed)).NextGaussian();
            return Line($"builtin:m{method}", (ulong)seed, new CheckValue(Check) { Value = 0.5 + Spread * noise, Direction = CheckDirection.Higher });
        })));

    internal static CaseLine Line(string method, ulong seed, params CheckValue[] values) => new(
        new CaseKey("direct-sum", 0, "none", method, "00000000", seed), CaseLine.Decomposition, MethodRole.Method, new string('a', 64), values,
        new CaseCost(0.1 + seed, null, null, 10), $"./harness grade --method {method} --seed {seed}");

    internal static RunRecord Of(IEnumerable<CaseLine> cases, bool complete = true)
    {
        var lines = cases.ToList();
        return new RunRecord(
            new HeaderLine(
                RunJson.Schema, new ToolDescription("0.1.0", null, null), new EnvironmentDescription("x64", "Linux", "cpu", "float64", 1, null, null, null),
                ["grade"], new SuiteDescription("tiny", "1"), [0], DateTimeOffset.UnixEpoch),
            lines, complete ? FooterLine.Of(lines, true, TimeSpan.FromSeconds(2)) : null);
    }

    /// <summary>The record with one value changed.</summary>
    internal static RunRecord With(RunRecord record, int index, Func<CheckValue, CheckValue> change) =>
        Of(record.Cases.Select((line, k) => k == index ? line with { Values = [change(line.Values[0]), .. line.Values.Skip(1)] } : line));

    public static class Arbitrary
    {
        public static Arbitrary<TestRuns> Any() => (
            from methods in Gen.Choose(1, 4)
            from seeds in Gen.Choose(1, 6)
            from spread in Gen.Elements(0, 0.05)
            from seed in Gen.Choose(0, 1_000_000)
            select new TestRuns(methods, seeds, spread, seed)).ToArbitrary();
    }
}

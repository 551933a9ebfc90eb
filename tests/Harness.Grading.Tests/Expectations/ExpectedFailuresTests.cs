using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Models;

namespace Harness.Grading.Tests;

/// <summary>Failures that are known, and nothing else, do not fail a run.</summary>
public sealed class ExpectedFailuresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// A run whose failures are all in the ledger passes; one failure more fails it. Mutants: an entry that lets its whole case pass, and a ledger that lets
    /// everything pass once it has an entry.
    /// </summary>
    [Property(MaxTest = 50)]
    public void Only_what_is_listed_is_let_pass(ulong seed)
    {
        var random = new RandomSource(seed);
        var cases = Enumerable.Range(0, 5).Select(k => TestRuns.Line($"m{k}", 0, Value("recovery.directions", random.NextInt32(2) == 0), Value("recovery.components", random.NextInt32(2) == 0))).ToList();
        var failures = cases.SelectMany(line => line.Values.Where(value => value.Verdict == Verdict.Fail).Select(value => (line, value))).ToList();
        if (failures.Count < 2)
            return;
        var all = Ledger([.. failures.Select(one => new ExpectedFailure("known", $"{one.line.Key}", one.value.Check))]);
        Assert.Equal(1, RunOutcome.ExitCode(cases, methodsWereNamed: true));
        Assert.Equal(0, RunOutcome.ExitCode(all.Excuse(cases), methodsWereNamed: true));
        Assert.Equal((failures.Count, 0, 0), (all.Count(cases), all.Stale(cases).Count, all.Passing(cases).Count));
        // What passes is not touched.
        Assert.Equal(cases.Sum(line => line.Values.Count(value => value.Verdict == Verdict.Pass)), all.Excuse(cases).Sum(line => line.Values.Count(value => value.Verdict == Verdict.Pass)));
        var less = Ledger([.. all.Entries.Skip(1)]);
        Assert.Equal(1, RunOutcome.ExitCode(less.Excuse(cases), methodsWereNamed: true));
        Assert.Equal(0, RunOutcome.ExitCode(cases.Select(line => line with { Values = [] }), methodsWereNamed: true));
        if (failures.Count(one => one.line == failures[0].line) == 2)
        {
            var whole = Ledger([.. less.Entries.Select(entry => entry with { Check = null })]);
            Assert.Equal(0, RunOutcome.ExitCode(whole.Excuse(cases), methodsWereNamed: true));
        }
    }

    /// <summary>What a ledger says of failures that are gone. Rejects one that stays silent when they pass, or when there is nothing that they speak of.</summary>
    [Fact]
    public void Stale_entries_and_failures_that_pass_are_told_apart()
    {
        CaseLine[] cases = [TestRuns.Line("good", 0, Value("recovery.directions", true)), TestRuns.Line("bad", 0, Value("recovery.directions", false), Value("recovery.components", true))];
        ExpectedFailure gone = new("r", "*|gone|*"), passes = new("r", "*|good|*"), fails = new("r", Check: "recovery.directions"), half = new("r", "*|bad|*");
        var ledger = Ledger(gone, passes, fails, half);
        Assert.Equal([gone], ledger.Stale(cases));
        Assert.Equal([passes], ledger.Passing(cases));
        Assert.Equal("expected to fail: r", ledger.Excuse(cases)[1].Values[0].Reason);
        Assert.Equal("*|gone|*", $"{gone}");
        var errored = TestRuns.Line("bad", 0, new CheckValue("decomposition.valid") { Level = CheckLevel.Must, Verdict = Verdict.Errored, Reason = "crashed" });
        Assert.Equal((1, 0), (RunOutcome.ExitCode([errored], false), RunOutcome.ExitCode(Ledger(half).Excuse([errored]), false)));
    }

    [Theory]
    [InlineData("""{"schema":"expected-failures/2","entries":[]}""", "is 'expected-failures/2', expected 'expected-failures/1'")]
    [InlineData("""{"schema":"expected-failures/1","entries":[{"case":null,"check":null,"reason":"r"}]}""", "names neither a case nor a check")]
    [InlineData("""{"schema":"expected-failures/1","entries":[{"case":"*","check":null,"reason":" "}]}""", "is empty: a failure is let pass for a reason")]
    [InlineData("""{"schema":"expected-failures/1"}""", "entries")]
    [InlineData("[]", "")]
    public void What_is_no_ledger_is_refused(string text, string expected)
    {
        File.WriteAllText(_folder["ledger.json"], text);
        Assert.Contains(expected, Assert.Throws<SubmissionException>(() => ExpectedFailures.Read(_folder["ledger.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_is_read()
    {
        File.WriteAllText(_folder["ledger.json"], """{"schema":"expected-failures/1","entries":[{"case":"a*","check":"c","reason":"r"},{"check":"d","reason":"s"}]}""");
        Assert.Equal([new("r", "a*", "c"), new("s", Check: "d")], ExpectedFailures.Read(_folder["ledger.json"]).Entries);
    }

    private static ExpectedFailures Ledger(params ExpectedFailure[] entries) => new(ExpectedFailures.CurrentSchema, entries);

    private static CheckValue Value(string check, bool passes) =>
        new(check) { Level = CheckLevel.Should, Value = passes ? 1 : 0, Bar = 0.5, Verdict = passes ? Verdict.Pass : Verdict.Fail };
}

using FsCheck.Xunit;
using Harness.Models;

namespace Harness.Grading.Tests;

/// <summary>Made-up records against each other. The faulty comparisons that a property kills stand beside it.</summary>
[Properties(Arbitrary = [typeof(TestRuns.Arbitrary)], MaxTest = 40)]
public class RunComparisonTests
{
    private delegate RunComparison Comparer(RunRecord baseline, RunRecord current);

    /// <summary>Joined by position instead of by key.</summary>
    private static RunComparison ByPosition(RunRecord baseline, RunRecord current) => RunComparison.Of(
        baseline, TestRuns.Of(current.Cases.Select((line, k) => line with { Key = k < baseline.Cases.Count ? baseline.Cases[k].Key : line.Key }), current.IsComplete));

    /// <summary>The two exchanged.</summary>
    private static RunComparison Exchanged(RunRecord baseline, RunRecord current) => RunComparison.Of(current, baseline);

    /// <summary>Every number of one class that forgives all.</summary>
    private static RunComparison Forgiving(RunRecord baseline, RunRecord current) => RunComparison.Of(
        TestRuns.Of(baseline.Cases.Select(line => line with { Values = [.. line.Values.Select(value => value with { Tolerance = "ValidityFactor" })] })), current);

    /// <summary>A run is unchanged from itself, in whatever order its cases ended and whatever time they took.</summary>
    [Property]
    public void The_same_numbers_are_unchanged(TestRuns runs)
    {
        var (record, random) = (runs.Build(), new RandomSource((ulong)runs.Seed));
        var shuffled = TestRuns.Of(random.Permutation(record.Cases.Count).Select(k => record.Cases[k] with { Cost = new CaseCost(9, 9, 9, 9) }));
        bool Holds(Comparer compare) => compare(record, shuffled) is var comparison
            && comparison.ExitCode() == 0 && comparison.Count(ChangeKind.Unchanged) == record.Cases.Count && comparison.Changes.Count == record.Cases.Count;
        Assert.True(Holds(RunComparison.Of));
        if (record.Cases.Count > 2 && runs.Spread > 0 && runs.Seeds == 1 && !shuffled.Cases.Select(line => line.Key).SequenceEqual(record.Cases.Select(line => line.Key)))
            Assert.False(Holds(ByPosition));
    }

    /// <summary>One number that chance has no part in and that is worse is named, and is the only one; better it is improved; closer than its tolerance it is neither.</summary>
    [Property]
    public void One_worse_number_is_named(TestRuns runs)
    {
        var record = (runs with { Spread = 0 }).Build();
        var index = runs.Seed % record.Cases.Count;
        bool Holds(Comparer compare)
        {
            var (worse, better, same) = (compare(record, Moved(-0.01)), compare(record, Moved(0.01)), compare(record, Moved(-1e-7)));
            return worse.ExitCode() == 1 && worse.Count(ChangeKind.Regressed) == 1 && worse.Changes[0].Case == $"{record.Cases[index].Key}"
                && worse.Changes[0].Check == TestRuns.Check && worse.Changes[0].Replay == record.Cases[index].Replay
                && better.ExitCode() == 0 && better.Count(ChangeKind.Improved) == 1 && better.Changes[0].Kind == ChangeKind.Improved
                && same.Count(ChangeKind.Unchanged) == record.Cases.Count;
        }
        RunRecord Moved(double by) => TestRuns.With(record, index, value => value with { Value = value.Value + by });
        Assert.True(Holds(RunComparison.Of));
        Assert.False(Holds(Exchanged));
        Assert.False(Holds(Forgiving));
    }

    /// <summary>A case that is gone is missing, one that was not there is new; only the first sets the code.</summary>
    [Property]
    public void Cases_that_come_and_go_are_named(TestRuns runs)
    {
        var record = runs.Build();
        var one = record.Cases[runs.Seed % record.Cases.Count].Key;
        var less = TestRuns.Of(record.Cases.Where(line => line.Key != one));
        bool Holds(Comparer compare)
        {
            var (gone, came) = (compare(record, less), compare(less, record));
            return gone.ExitCode() == 1 && gone.Count(ChangeKind.Missing) == 1 && gone.Changes.Single(change => change.Kind == ChangeKind.Missing).Case == $"{one}"
                && came.ExitCode() == 0 && came.Count(ChangeKind.New) == 1 && came.Changes.Single(change => change.Kind == ChangeKind.New).Case == $"{one}";
        }
        Assert.True(Holds(RunComparison.Of));
        Assert.False(Holds(Exchanged));
    }

    /// <summary>Numbers that vary with the seed: a mean that fell by twenty standard deviations is named once for all seeds; risen, it is improved.</summary>
    [Property]
    public void A_mean_over_seeds_that_fell_is_named(TestRuns runs)
    {
        runs = runs with { Seeds = 5, Spread = 0.05 };
        var (record, other) = (runs.Build(), runs.Build(1));
        RunRecord Moved(double by) => TestRuns.Of(other.Cases.Select(line => line.Key.Method == "builtin:m0"
            ? line with { Values = [line.Values[0] with { Value = line.Values[0].Value + by }] } : line));
        var (worse, better) = (RunComparison.Of(record, Moved(-1)), RunComparison.Of(record, Moved(1)));
        Assert.Equal(("direct-sum@0/none|builtin:m0|00000000|0 and 4 more", ChangeKind.Regressed), (worse.Changes[0].Case, worse.Changes[0].Kind));
        Assert.Equal(1, worse.ExitCode());
        Assert.Contains(better.Changes, change => change is { Kind: ChangeKind.Improved, Case: "direct-sum@0/none|builtin:m0|00000000|0 and 4 more" });
    }

    /// <summary>
    /// Other draws from the same distribution are called a regression in 5 % of the runs at most (and 4 standard deviations), of however many cases. The mutant
    /// that looks at each seed's number by its tolerance calls nearly all; without Holm's correction it would be 19 % for the four methods.
    /// </summary>
    [Fact]
    public void Chance_is_rarely_called_a_regression()
    {
        const int trials = 300;
        double Called(int methods, Func<TestRuns, RunComparison> compare) =>
            Enumerable.Range(0, trials).Average(seed => compare(new TestRuns(methods, 6, 0.05, seed)).Count(ChangeKind.Regressed) > 0 ? 1.0 : 0);
        var allowed = 0.05 + 4 * Math.Sqrt(0.05 * 0.95 / trials);
        Assert.InRange(Called(4, runs => RunComparison.Of(runs.Build(), runs.Build(1))), 0.005, allowed);
        Assert.True(Called(4, runs => RunComparison.Of((runs with { Seeds = 1 }).Build(), (runs with { Seeds = 1 }).Build(1))) > 0.5);
        double Uncorrected(int seed) => Enumerable.Range(0, 4)
            .Min(method => WelchTest.Lower(Values(new TestRuns(4, 6, 0.05, seed).Build(), method), Values(new TestRuns(4, 6, 0.05, seed).Build(1), method)));
        Assert.True(Enumerable.Range(0, trials).Average(seed => Uncorrected(seed) <= 0.05 ? 1.0 : 0) > allowed);
    }

    public static TheoryData<CheckValue?, CheckValue?, ChangeKind> Single()
    {
        CheckValue Of(double? value, CheckDirection? direction = CheckDirection.Higher, Verdict? verdict = null, string? tolerance = null) =>
            new(TestRuns.Check) { Value = value, Direction = direction, Verdict = verdict, Tolerance = tolerance };
        return new()
        {
            { Of(0.5), Of(double.NaN), ChangeKind.Regressed },
            { Of(double.NaN), Of(0.5), ChangeKind.Improved },
            { Of(double.NaN), Of(double.NaN), ChangeKind.Unchanged },
            { Of(double.PositiveInfinity), Of(double.PositiveInfinity), ChangeKind.Unchanged },
            { Of(1), Of(double.PositiveInfinity, CheckDirection.Lower), ChangeKind.Improved },
            { Of(1, CheckDirection.Lower), Of(double.PositiveInfinity, CheckDirection.Lower), ChangeKind.Regressed },
            { Of(0.5, CheckDirection.Lower), Of(0.6, CheckDirection.Lower), ChangeKind.Regressed },
            { Of(0.5, CheckDirection.Lower), Of(0.4, CheckDirection.Lower), ChangeKind.Improved },
            { Of(3, null), Of(4, null), ChangeKind.Regressed },
            { Of(0.5), Of(null), ChangeKind.Missing },
            { Of(null), Of(0.5), ChangeKind.New },
            { Of(null), Of(null), ChangeKind.Unchanged },
            { Of(0.5), null, ChangeKind.Missing },
            { null, Of(0.5), ChangeKind.New },
            { null, Of(0.5, verdict: Verdict.Errored), ChangeKind.Regressed },
            { null, new CheckValue(ThetaRegister.Check) { Reason = "other parameters" }, ChangeKind.Regressed },
            { Of(0.5, verdict: Verdict.Pass), Of(0.5, verdict: Verdict.Fail), ChangeKind.Regressed },
            { Of(0.5, verdict: Verdict.Undecided), Of(0.5, verdict: Verdict.Pass), ChangeKind.Improved },
            { Of(0.5, verdict: Verdict.Pass), Of(0.5, verdict: Verdict.Skipped), ChangeKind.Regressed },
            { Of(1, tolerance: "SameOutputs"), Of(1 - 1e-10), ChangeKind.Regressed },
            { Of(1), Of(1 - 1e-10, tolerance: "SameOutputs"), ChangeKind.Regressed },
            // A run does not loosen its own class; and large numbers are compared relative to themselves.
            { Of(1, tolerance: "SameOutputs"), Of(1 - 1e-10, tolerance: "EquivalentAnswers"), ChangeKind.Regressed },
            { Of(1e6), Of(1e6 - 1), ChangeKind.Unchanged },
        };
    }

    /// <summary>Every kind of number, or of none, in one run or both.</summary>
    [Theory]
    [MemberData(nameof(Single))]
    public void A_single_value(CheckValue? before, CheckValue? now, ChangeKind kind)
    {
        RunRecord Of(CheckValue? value) => TestRuns.Of([TestRuns.Line("m", 0, [.. new[] { value }.OfType<CheckValue>()])]);
        Assert.Equal(kind, Assert.Single(RunComparison.Of(Of(before), Of(now)).Changes).Kind);
    }

    /// <summary>A line over seeds is a sum of numbers that were compared one by one: it is a regression where they have not moved, and says nothing where they have.</summary>
    [Fact]
    public void Lines_over_seeds_count_where_no_seed_has_moved()
    {
        var record = new TestRuns(1, 4, 0.05, 3).Build();
        RunRecord With(RunRecord runs, double value) => TestRuns.Of([.. runs.Cases, Over(value)]);
        CaseLine Over(double value) => TestRuns.Line("builtin:m0", 0, new CheckValue("stability.directions") { Value = value, Direction = CheckDirection.Higher }) with
        {
            Kind = CaseLine.Stability, Key = record.Cases[0].Key with { OptionsHash = "11111111" },
        };
        Assert.Equal(ChangeKind.Regressed, RunComparison.Of(With(record, 0.9), With(record, 0.8)).Changes[0].Kind);
        Assert.Equal(0, RunComparison.Of(With(record, 0.9), With(new TestRuns(1, 4, 0.05, 3).Build(1), 0.8)).Count(ChangeKind.Regressed));
    }

    [Fact]
    public void What_is_partial_or_ambiguous_is_not_passed_over()
    {
        var record = new TestRuns(2, 2, 0, 0).Build();
        var partial = TestRuns.Of(record.Cases.Take(3), complete: false);
        Assert.Equal((1, 1), (RunComparison.Of(record, partial).ExitCode(), RunComparison.Of(record, partial).Count(ChangeKind.Missing)));
        Assert.True(RunComparison.Of(record, TestRuns.Of(record.Cases, complete: false)) is { IsPartial: true } whole && whole.ExitCode() == 1);
        Assert.Contains("baseline is partial", Assert.Throws<InvalidDataException>(() => RunComparison.Of(partial, record)).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<InvalidDataException>(() => RunComparison.Of(record, TestRuns.Of([.. record.Cases, record.Cases[0]]))).Message, StringComparison.Ordinal);
        var unknown = TestRuns.With(record, 0, value => value with { Tolerance = "NoSuchClass" });
        Assert.Contains("'NoSuchClass'", Assert.Throws<InvalidDataException>(() => RunComparison.Of(unknown, record)).Message, StringComparison.Ordinal);
    }

    private static double[] Values(RunRecord record, int method) =>
        [.. record.Cases.Where(line => line.Key.Method == $"builtin:m{method}").Select(line => line.Values[0].Value!.Value)];
}

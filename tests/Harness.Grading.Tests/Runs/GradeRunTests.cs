using Harness.Decompositions;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Whole runs on a small model.</summary>
public sealed class GradeRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("run-").FullName;

    private string RecordPath => Path.Combine(_folder, RunRecord.FileName);

    private static GradedMethod Thirds { get; } = GradedMethod.Blind("builtin:thirds", () => new Stub(subject =>
    {
        var length = subject.Model.Network.Layout.Length;
        return [.. Enumerable.Range(0, 3).Select(k => new Subnetwork(
            "third", new CoordinateSubspace(length, [.. Enumerable.Range(0, (int)length).Where(i => i % 3 == k).Select(i => (long)i)]), subject.Model.Parameters / 3))];
    }));

    private static GradePlan Plan { get; } = new()
    {
        Models = ["superposition-5-2-untied", "direct-sum"],
        Disguises = CaseDisguise.Each,
        Methods = [GradedMethod.Of(MiniatureCatalog.Get("oracle")), Thirds, GradedMethod.Of(MiniatureCatalog.Get("theta-star"))],
        Seeds = [3, 4],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Direct-sum admits no rescaling and no rotation, and only methods run at every seed.</summary>
    [Fact]
    public void A_plan_runs_every_admissible_combination_in_order()
    {
        var disguised = new[] { ("superposition-5-2-untied", "none"), ("superposition-5-2-untied", "permute:0"), ("superposition-5-2-untied", "rescale:0"), ("superposition-5-2-untied", "rotate:0"), ("direct-sum", "none"), ("direct-sum", "permute:0") };
        var expected = disguised.SelectMany(one => new[] { "miniature/oracle|3", "thirds|3", "thirds|4", "thirds|3 over seeds", "miniature/theta-star|3" }
            .Select(method => $"{one.Item1}@0/{one.Item2}|builtin:{method}"));
        var cases = Run(Plan);
        Assert.Equal(expected, cases.Select(line => $"{line.Key}{(line.Kind == CaseLine.Stability ? " over seeds" : "")}".Replace($"|{line.Key.OptionsHash}", "", StringComparison.Ordinal)));
        Assert.All(cases, line => Assert.Equal(line.Kind == CaseLine.Decomposition, line.Key.OptionsHash == Plan.OptionsHash()));
    }

    [Fact]
    public void Equal_plans_give_equal_records_apart_from_times_and_memory()
    {
        static string Timeless(CaseLine line) => RunJson.Write(line with { Cost = new CaseCost(null, null, null, null) });
        Assert.Equal(Run(Plan).Select(Timeless), Run(Plan).Select(Timeless));
    }

    [Fact]
    public void Only_methods_carry_verdicts_bars_and_families()
    {
        foreach (var line in Run(Plan).Where(line => line.Kind == CaseLine.Decomposition))
        {
            var judged = line.Role == MethodRole.Method;
            Assert.Equal(judged, line.Values.Any(value => value.Verdict is not null));
            Assert.Equal(judged, line.Value("recovery.directions.null/random-subspaces") is not null);
            Assert.Equal(line.Role == MethodRole.Oracle, line.Value("recovery.directions")!.Value > 1 - Tolerances.RecoveryIdentity);
        }
    }

    /// <summary>The same answer as a method and as a baseline: equal numbers, bars and families, and no verdict. Kills a baseline that fails a run.</summary>
    [Fact]
    public void A_baseline_is_measured_like_a_method_and_not_judged()
    {
        var cases = Run(Plan with { Models = ["superposition-5-2-untied"], Disguises = [CaseDisguise.None], Methods = [Thirds, Thirds with { Role = MethodRole.Baseline }] });
        Assert.Equal(["Method", "Method", "Method", "Baseline", "Baseline", "Baseline"], cases.Select(line => $"{line.Role}"));
        Assert.Equal(cases[0].Values.Select(value => value with { Verdict = null }), cases[3].Values);
        Assert.Contains(cases[0].Values, value => value.Verdict == Verdict.Fail);
        Assert.Equal((1, 0), (RunOutcome.ExitCode(cases[..3], true), RunOutcome.ExitCode(cases[3..], true)));
    }

    /// <summary>Every line of a real record fits the schema; the footer counts what is there.</summary>
    [Fact]
    public void The_record_fits_the_schema()
    {
        Record(Plan, null);
        var schema = new SchemaValidator(RunJson.JsonSchema());
        Assert.All(File.ReadAllLines(RecordPath), line => Assert.Empty(schema.Errors(line)));
        var record = RunRecord.Read(RecordPath);
        Assert.True(record.IsComplete);
        Assert.Equal(record.Cases.Count, record.Footer!.Counts["cases"]);
        Assert.Equal(record.Cases.Sum(line => line.Values.Count(value => value.Verdict == Verdict.Fail)), record.Footer.Counts["fail"]);
    }

    /// <summary>Kills: a case run twice or lost on resuming.</summary>
    [Fact]
    public void A_run_that_was_killed_goes_on_where_it_stopped()
    {
        Record(Plan, null);
        var lines = File.ReadAllLines(RecordPath);
        File.WriteAllText(RecordPath, string.Join('\n', lines[..6]) + "\n" + lines[6][..20]);
        var earlier = RunRecord.Read(RecordPath).Cases;
        Assert.Equal(5, earlier.Count);
        using (var writer = RunWriter.Resume(RecordPath))
            GradeRun.Write([Plan], writer, earlier);
        var record = RunRecord.Read(RecordPath);
        Assert.True(record.IsComplete);
        Assert.Equal(lines[1..^1].Select(line => ((CaseLine)RunJson.Read(line)).Key), record.Cases.Select(line => line.Key));
    }

    /// <summary>A case whose θ has changed is not the same case.</summary>
    [Fact]
    public void A_finished_case_with_another_theta_is_run_again()
    {
        var cases = Run(Plan);
        var stale = cases.Select((line, k) => k == 2 ? line with { ThetaHash = new string('0', 64) } : line).ToList();
        var again = new List<CaseLine>();
        new GradeRun(Plan).Execute(again.Add, stale);
        Assert.Equal(cases[2].Key, Assert.Single(again).Key);
    }

    [Fact]
    public void What_a_method_throws_is_its_error_and_the_run_goes_on()
    {
        var plan = Plan with
        {
            Methods =
            [
                Faulty("throws", _ => throw new InvalidOperationException("the method's own words")),
                Faulty("nan", subject => [new Subnetwork("x", component: full(subject.Model.Network.Layout.Length, double.NaN, float64))]),
                Thirds,
            ],
            Models = ["direct-sum"], Disguises = [CaseDisguise.None], Seeds = [0],
        };
        var cases = Run(plan);
        Assert.Equal(["InvalidOperationException: the method's own words", "Subnetwork 0 ('x') has a component with 78 of 78 entries that are not finite."],
            cases.Take(2).Select(line => Assert.Single(line.Values).Reason));
        Assert.All(cases.Take(2), line => Assert.Equal((Verdict.Errored, CheckLevel.Must), (line.Values[0].Verdict!.Value, line.Values[0].Level!.Value)));
        Assert.NotNull(cases[2].Value("recovery.directions")!.Value);
        Assert.Equal(1, RunOutcome.ExitCode(cases, methodsWereNamed: false));
    }

    [Fact]
    public void A_method_that_honours_its_budget_is_stopped_and_said_to_be()
    {
        var waits = new GradedMethod("builtin:waits", MethodRole.Method, (_, _) => new Stub((_, context) =>
        {
            context.Cancellation.WaitHandle.WaitOne();
            context.Cancellation.ThrowIfCancellationRequested();
            return [];
        }));
        var line = Assert.Single(Run(Plan with { Models = ["direct-sum"], Disguises = [CaseDisguise.None], Seeds = [0], Methods = [waits], Budget = TimeSpan.FromMilliseconds(50) }));
        Assert.Equal("stopped after its budget of 0.05 s", line.Values[0].Reason);
        Assert.Equal(Verdict.Errored, line.MergedVerdict());
    }

    /// <summary>Ctrl-C: the case in flight is lost, the footer says that the record is not complete.</summary>
    [Fact]
    public void A_cancelled_run_leaves_a_readable_partial_record()
    {
        using var source = new CancellationTokenSource();
        var cancels = new GradedMethod("builtin:cancels", MethodRole.Method, (_, _) => new Stub((_, context) =>
        {
            source.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
            return [];
        }));
        Assert.Throws<OperationCanceledException>(() => Record(Plan with { Methods = [Thirds, cancels] }, null, source.Token));
        var record = RunRecord.Read(RecordPath);
        Assert.Equal((false, false, 3), (record.IsComplete, record.Footer!.Complete, record.Cases.Count));
    }

    /// <summary>Kills: a grader that finishes the case although nobody waits for it any more, and one that records half of it.</summary>
    [Fact]
    public void A_run_cancelled_while_grading_ends_without_the_case()
    {
        using var source = new CancellationTokenSource();
        var answers = new GradedMethod("builtin:answers", MethodRole.Method, (_, _) => new Stub((subject, _) =>
        {
            source.Cancel();
            return [new Subnetwork("all", CoordinateSubspace.Whole(subject.Model.Network.Layout.Length))];
        }));
        Assert.Throws<OperationCanceledException>(() => Record(Plan with { Methods = [Thirds, answers] }, null, source.Token));
        Assert.Equal(3, RunRecord.Read(RecordPath).Cases.Count);
    }

    [Fact]
    public void The_replay_runs_one_case_and_is_quoted_for_a_shell()
    {
        var plan = Plan with { Models = ["direct-sum"], Seeds = [4], Methods = [Thirds with { Selector = "cmd:python it's.py" }] };
        Assert.Equal(
            "./harness grade --method 'cmd:python it'\\''s.py' --model direct-sum --model-seed 0 --disguise permute:0 --seed 4", Run(plan)[1].Replay);
    }

    [Fact]
    public void Progress_counts_to_the_number_of_cases()
    {
        var reports = new List<GradeProgress>();
        var cases = new List<CaseLine>();
        new GradeRun(Plan, new Sink(reports)).Execute(cases.Add);
        Assert.Equal((cases.Count, cases.Count), (reports[^1].Finished, reports[^1].Total));
        Assert.Equal(cases, reports.Select(report => report.Last).OfType<CaseLine>());
        Assert.Equal(cases.Select(line => line.Key), reports.Select(report => report.Current).OfType<CaseKey>());
    }

    private static List<CaseLine> Run(GradePlan plan)
    {
        var cases = new List<CaseLine>();
        new GradeRun(plan).Execute(cases.Add);
        return cases;
    }

    private void Record(GradePlan plan, IReadOnlyList<CaseLine>? earlier, CancellationToken cancellation = default)
    {
        using var writer = RunWriter.Create(RecordPath, Samples.Header);
        GradeRun.Write([plan], writer, earlier, null, cancellation);
    }

    private static GradedMethod Faulty(string name, Func<Subject, IReadOnlyList<Subnetwork>> answer) => GradedMethod.Blind($"builtin:{name}", () => new Stub(answer));

    private sealed class Stub(Func<Subject, MethodContext, IReadOnlyList<Subnetwork>> answer) : IDecompositionMethod
    {
        public Stub(Func<Subject, IReadOnlyList<Subnetwork>> answer) : this((subject, _) => answer(subject))
        {
        }

        public MethodInfo Describe() => new("stub", "1", "Says what it is told to say.", false);

        public Decomposition Decompose(Subject subject, MethodContext context) => new(Describe(), answer(subject, context), new Dictionary<string, string>());
    }

    private sealed class Sink(List<GradeProgress> reports) : IProgress<GradeProgress>
    {
        public void Report(GradeProgress value) => reports.Add(value);
    }
}

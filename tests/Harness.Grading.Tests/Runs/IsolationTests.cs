using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>What one method does must not reach the grader, the next case, or the run.</summary>
public sealed class IsolationTests
{
    /// <summary>A method that depends on every part of its subject: whatever an earlier one spoilt shows in its score.</summary>
    private static readonly GradedMethod s_next = Answering("next", subject =>
    {
        var half = subject.Model.Network.Layout.Length / 2;
        return [Half(subject, 0, half), Half(subject, half, subject.Model.Network.Layout.Length)];
    });

    /// <summary>Kills: handing every method the one tensor that the next one sees too. An innocent method then fails, and nobody knows why.</summary>
    [Theory]
    [InlineData("the parameters", "parameters")]
    [InlineData("the inputs", "inputs")]
    [InlineData("the targets", "targets")]
    [InlineData("the parameters", "disposed")]
    public void A_method_that_changes_its_subject_errs_and_spoils_nothing(string named, string what)
    {
        var vandal = Answering("vandal", subject =>
        {
            if (what == "disposed")
                subject.Model.Parameters.Dispose();
            else
                (what == "parameters" ? subject.Model.Parameters : what == "inputs" ? subject.DataSets[0].Inputs : subject.DataSets[0].Targets).zero_();
            return [new Subnetwork("all", CoordinateSubspace.Whole(subject.Model.Network.Layout.Length))];
        });
        var cases = Run(Plan(vandal, s_next));
        Assert.Equal((Verdict.Errored, 1), (cases[0].MergedVerdict(), cases[0].Values.Count));
        Assert.StartsWith($"changed {named} ", cases[0].Values[0].Reason, StringComparison.Ordinal);
        Assert.Equal(Scores(Run(Plan(s_next))[0]), Scores(cases[1]));
    }

    /// <summary>Kills: running the method on the grader's own thread, whose gradient mode, scopes and threads it can leave in disorder.</summary>
    [Fact]
    public void What_a_method_leaves_behind_in_its_thread_ends_with_it()
    {
        var threads = get_num_threads();
        var untidy = Answering("untidy", subject =>
        {
            NewDisposeScope();
            no_grad();
            set_num_threads(threads + 1);
            return [new Subnetwork("all", CoordinateSubspace.Whole(subject.Model.Network.Layout.Length))];
        });
        var cases = Run(Plan(untidy, s_next));
        Assert.Equal(Scores(Run(Plan(s_next))[0]), Scores(cases[1]));
        Assert.Equal((true, threads), (is_grad_enabled(), get_num_threads()));
    }

    /// <summary>Kills: a factory called outside of the case, so that a constructor that throws ends the run with exit 70.</summary>
    [Fact]
    public void A_constructor_that_throws_and_a_lack_of_memory_are_errors_of_their_case()
    {
        var unborn = GradedMethod.Blind("builtin:unborn", () => throw new InvalidOperationException("not today"));
        var greedy = Answering("greedy", _ => throw new OutOfMemoryException("no room"));
        var cases = Run(Plan(unborn, greedy, s_next));
        Assert.Equal(["InvalidOperationException: not today", "OutOfMemoryException: no room"], cases.Take(2).Select(line => line.Values[0].Reason));
        Assert.NotEqual(Verdict.Errored, cases[2].MergedVerdict());
    }

    /// <summary>Kills: a budget that only counts for methods that look at their token.</summary>
    [Fact]
    public void An_answer_after_the_budget_is_none()
    {
        var late = new GradedMethod("builtin:late", MethodRole.Method, (_, _) => new Stub((subject, context) =>
        {
            context.Cancellation.WaitHandle.WaitOne();
            return [new Subnetwork("all", CoordinateSubspace.Whole(subject.Model.Network.Layout.Length))];
        }));
        var line = Run(Plan(late) with { Budget = TimeSpan.FromMilliseconds(20) })[0];
        Assert.Equal((Verdict.Errored, "answered after its budget of 0.02 s was spent"), (line.MergedVerdict(), line.Values[0].Reason));
    }

    /// <summary>Kills: waiting for ever for a method that never looks at its token.</summary>
    [Fact]
    public void A_method_that_does_not_stop_is_left_behind()
    {
        using var end = new ManualResetEventSlim();
        var deaf = Answering("deaf", _ =>
        {
            end.Wait();
            return [];
        });
        var cases = Run(Plan(deaf, s_next) with { Budget = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromMilliseconds(20) });
        end.Set();
        Assert.Contains("left running", cases[0].Values[0].Reason, StringComparison.Ordinal);
        Assert.NotNull(cases[1].Value("recovery.directions"));
    }

    /// <summary>Kills: calling every cancellation a spent budget.</summary>
    [Fact]
    public void A_method_that_gives_up_by_itself_is_not_said_to_have_spent_its_budget()
    {
        var quitter = Answering("quitter", _ => throw new OperationCanceledException("I quit"));
        Assert.Equal("OperationCanceledException: I quit", Run(Plan(quitter) with { Budget = TimeSpan.FromHours(1) })[0].Values[0].Reason);
    }

    /// <summary>
    /// What a method has computed by the harness is counted, what it says of the rest is believed, and nothing is made of silence. Kills: the grader's own
    /// gradients in a method's bill, a claim that hides what was counted, and 0 for a method that computes by itself.
    /// </summary>
    [Theory]
    [InlineData(true, null, 2L, 5L)]
    [InlineData(true, "1", 2L, 5L)]
    [InlineData(true, "700", 700L, 5L)]
    [InlineData(false, "30", 30L, null)]
    [InlineData(false, null, null, null)]
    public void Work_is_counted_for_the_method_alone(bool computes, string? claims, long? gradients, long? products)
    {
        var metadata = claims is null ? new Dictionary<string, string>() : new() { ["gradients"] = claims };
        var method = GradedMethod.Blind("builtin:busy", () => new Stub((subject, _) =>
        {
            if (computes)
            {
                var landscape = new LossLandscape(subject.Model.Network, subject.Model.Loss, subject.DataSets[0]);
                landscape.Gradient(subject.Model.Parameters);
                using var hessian = landscape.Hessian(subject.Model.Parameters);
                hessian.Multiply(eye(landscape.Dimension, landscape.Dimension, float64).narrow(0, 0, 5));
            }
            return [Half(subject, 0, 3)];
        }, metadata));
        var cost = Run(Plan(method))[0].Cost;
        Assert.Equal((gradients, products), (cost.Gradients, cost.Products));
        Assert.True(cost is { Seconds: > 0, PeakMemoryMiB: > 0 });
    }

    private static Subnetwork Half(Subject subject, long from, long to)
    {
        var axes = new CoordinateSubspace(subject.Model.Network.Layout.Length, [.. Enumerable.Range((int)from, (int)(to - from)).Select(k => (long)k)]);
        var weight = subject.DataSets[0].Inputs.to(float64).sum().ToDouble() + subject.DataSets[0].Targets.to(float64).sum().ToDouble();
        return new Subnetwork("half", axes, axes.Project(subject.Model.Parameters.unsqueeze(0)).squeeze(0) * Math.Sign(weight));
    }

    private static IEnumerable<(string Check, double? Value, Verdict? Verdict)> Scores(CaseLine line) =>
        line.Values.Select(value => (value.Check, value.Value, value.Verdict));

    private static GradePlan Plan(params GradedMethod[] methods) => new() { Models = ["superposition-5-2"], Methods = methods };

    private static List<CaseLine> Run(GradePlan plan)
    {
        var cases = new List<CaseLine>();
        new GradeRun(plan).Execute(cases.Add);
        return cases;
    }

    private static GradedMethod Answering(string name, Func<Subject, IReadOnlyList<Subnetwork>> answer) =>
        GradedMethod.Blind($"builtin:{name}", () => new Stub((subject, _) => answer(subject)));

    private sealed class Stub(Func<Subject, MethodContext, IReadOnlyList<Subnetwork>> answer, Dictionary<string, string>? metadata = null) : IDecompositionMethod
    {
        public MethodInfo Describe() => new("stub", "1", "Says what it is told to say.", false);

        public Decomposition Decompose(Subject subject, MethodContext context) => new(Describe(), answer(subject, context), metadata ?? []);
    }
}

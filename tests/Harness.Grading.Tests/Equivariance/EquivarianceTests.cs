using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Equivalent questions have one answer: methods that break a rule each are caught by it and, where the rules allow it, by no other.</summary>
public class EquivarianceTests
{
    /// <summary>Admits every disguise, and has a squared error.</summary>
    private const string Model = "superposition-5-2-untied";

    private static int s_calls;

    private static readonly Dictionary<string, Func<Subject, MethodContext, Subnetwork[]>> s_methods = new()
    {
        // θ* and the gradient's direction: equivariant, deterministic, and of no use. Under rescaling the gradient does not move like a direction.
        ["sound"] = (subject, _) => [Line(Gradient(subject)), Whole(subject)],
        // As if a clock were the seed.
        ["unseeded"] = (subject, _) => [Line(Gradient(subject)), new Subnetwork("x", component: subject.Model.Parameters * (1 + 1e-9 * Interlocked.Increment(ref s_calls)))],
        // Right on every model that was written down in that order. A rotation moves axes too.
        ["first three"] = (subject, _) => [Axes(subject, k => k < 3)],
        // The largest weights: they move with units, and a rotation leaves none of them.
        ["largest weights"] = (subject, _) => [Axes(subject, k => subject.Model.Parameters[k].abs().ToDouble() > subject.Model.Parameters.abs().mean().ToDouble())],
        ["every second sample"] = (subject, _) => [Line(Gradient(subject with { DataSets = [EverySecond(subject.DataSets[0])] }))],
        ["sum over samples"] = (subject, _) => [new Subnetwork("x", component: Gradient(subject) / Gradient(subject).norm() * subject.DataSets[0].Count)],
        ["fixed step"] = (subject, _) => [new Subnetwork("x", component: subject.Model.Parameters - Gradient(subject))],
        ["names"] = (subject, _) => [Axes(subject, subject.Model.Network.Layout.First(slot => slot.Name.Contains("enc", StringComparison.Ordinal) || slot.Name == "p2"))],
        // The last bits of θ*.
        ["last bits"] = (subject, _) => [new Subnetwork("x", component: (subject.Model.Parameters - subject.Model.Parameters.to(float32).to(float64)).gt(0).to(float64) + 1)],
    };

    [Theory]
    [InlineData("sound", "")]
    [InlineData("unseeded", "repeat")]
    [InlineData("first three", "permute rotate")]
    [InlineData("largest weights", "rotate")]
    [InlineData("every second sample", "order")]
    [InlineData("sum over samples", "duplicates")]
    [InlineData("fixed step", "loss-scale")]
    [InlineData("names", "names")]
    public void A_fault_is_caught_by_its_rule(string method, string broken)
    {
        var line = Question(method);
        Assert.Equal(EquivarianceRules.All.Select(rule => rule.Check), line.Values.Select(value => value.Check));
        Assert.Equal(broken, string.Join(' ', line.Values.Where(value => value.Verdict == Verdict.Fail).Select(value => value.Check["equivariance.".Length..])));
        Assert.All(line.Values.Where(value => value.Verdict == Verdict.Pass), value => Assert.True(value.Value <= value.Bar));
        Assert.All(line.Values.Where(value => value.Verdict == Verdict.Fail), value => Assert.NotEmpty(value.Reason!));
        Assert.Equal(broken.Length == 0 ? 0 : 1, RunOutcome.ExitCode([line], methodsWereNamed: false));
    }

    /// <summary>What is only shown has a number and no verdict, and the number is there: rescaling bends gradients, rounding moves the last bits.</summary>
    [Theory]
    [InlineData("sound", "equivariance.rescale")]
    [InlineData("last bits", "equivariance.float32")]
    public void Other_rules_are_shown(string method, string check)
    {
        var value = Question(method).Value(check)!;
        Assert.True(value.Value > Tolerances.EquivalentAnswers, $"{value.Value}");
        Assert.Equal((null, null, null), (value.Level, value.Verdict, value.Bar));
    }

    /// <summary>Kills: a random method that fails because it draws in coordinates, and one that is excused where its seed alone decides.</summary>
    [Fact]
    public void Of_a_random_method_only_what_holds_seed_by_seed_is_required()
    {
        Subnetwork[] Draw(Subject subject, MethodContext context) => [new Subnetwork("x", component: tensor(new RandomSource(context.Seed).Gaussians(subject.Model.Network.Layout.Length)))];
        var line = Question(new Given(Draw, isStochastic: true));
        Assert.Equal(Verdict.Skipped, line.Value("equivariance.permute")!.Verdict);
        Assert.Contains("two of its seeds are 1", line.Value("equivariance.permute")!.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, line.Value("equivariance.repeat")!.Verdict);
        Assert.Equal(0, RunOutcome.ExitCode([line], methodsWereNamed: true));
        Assert.Equal(Verdict.Fail, Question(new Given(Draw, isStochastic: false)).Value("equivariance.permute")!.Verdict);
        Assert.Equal(Verdict.Fail, Question(new Given(s_methods["fixed step"], isStochastic: true)).Value("equivariance.loss-scale")!.Verdict);
    }

    /// <summary>An error in one question is that rule's, with its message; in the first one it is the case's. The run goes on.</summary>
    [Fact]
    public void Errors_are_kept_with_their_message()
    {
        var count = GradingCase.Of(Model).Model.DataSets[0].Count;
        var once = Question(new Given((subject, _) => subject.DataSets[0].Count > count ? throw new InvalidOperationException("too many samples") : [Whole(subject)]));
        Assert.Equal(["equivariance.duplicates"], once.Values.Where(value => value.Verdict == Verdict.Errored).Select(value => value.Check));
        Assert.Equal("InvalidOperationException: too many samples", once.Value("equivariance.duplicates")!.Reason);
        var never = Question(new Given((_, _) => throw new InvalidOperationException("no")));
        Assert.Equal((RecoveryValues.ValidCheck, Verdict.Errored), (never.Values[0].Check, never.Values[0].Verdict!.Value));
        Assert.EndsWith("InvalidOperationException: no", never.Values[0].Reason, StringComparison.Ordinal);
    }

    /// <summary>Where nothing can be asked, it says so: no linear hidden space, no scale of a classification's loss.</summary>
    [Fact]
    public void A_rule_that_does_not_apply_says_why()
    {
        var line = Question(new Given((subject, _) => [Whole(subject)]), "modular-addition");
        Assert.Equal((Verdict.Skipped, "the model does not admit rotate"), (line.Value("equivariance.rotate")!.Verdict!.Value, line.Value("equivariance.rotate")!.Reason!));
        Assert.Equal(Verdict.Pass, line.Value("equivariance.permute")!.Verdict);
    }

    /// <summary>A file has answered once and for all. Kills asking it again and calling it wrong under every disguise.</summary>
    [Fact]
    public void A_fixed_answer_is_not_asked()
    {
        var plan = Plan(new Given(s_methods["sound"]));
        Assert.Equal(["decomposition", "equivariance"], Run(plan).Select(line => line.Kind));
        Assert.Equal(["decomposition"], Run(plan with { Methods = [plan.Methods[0] with { IsFixed = true }] }).Select(line => line.Kind));
        Assert.Equal(["decomposition"], Run(plan with { Methods = [GradedMethod.Of(MiniatureCatalog.Get("oracle"))] }).Select(line => line.Kind));
    }

    /// <summary>The twins are what they are called: four times the loss at any θ, equal outputs under other names. Kills a twin that is no twin, against which every method fails or none.</summary>
    [Fact]
    public void Twins_are_equivalent()
    {
        using var scope = NewDisposeScope();
        var subject = GradingCase.Of(Model).Model.ToSubject();
        static Tensor Near(Subject given) => given.Model.Parameters + tensor(new RandomSource(3).Gaussians(given.Model.Parameters.shape[0])) * 0.1;
        static double Loss(Subject given) => new LossLandscape(given.Model.Network, given.Model.Loss, given.DataSets[0]).Value(Near(given));
        foreach (var given in new[] { subject, GradingCase.Of("modular-addition-chunked").Model.ToSubject() })
            Assert.Equal(4 * Loss(given), Loss(EquivalentSubjects.WithLossScaled(given)), 4 * Loss(given) * Tolerances.SameOutputs);
        Assert.Equal(Loss(subject), Loss(EquivalentSubjects.Renamed(subject)), Loss(subject) * Tolerances.SameOutputs);
        Assert.DoesNotContain(EquivalentSubjects.Renamed(subject).Model.Network.Layout, slot => subject.Model.Network.Layout.Contains(slot.Name));
    }

    private static CaseLine Question(string method) => Question(new Given(s_methods[method]));

    private static CaseLine Question(IDecompositionMethod method, string model = Model)
    {
        var runner = new CaseRunner(Plan(method));
        var seen = GradingCase.Of(model).Model;
        var graded = GradedMethod.Blind("builtin:given", () => method);
        return runner.Question(runner.KeyOfQuestions(seen, graded), new string('a', 64), seen, graded, method, CancellationToken.None);
    }

    private static GradePlan Plan(IDecompositionMethod method) => new() { Models = [Model], Methods = [GradedMethod.Blind("builtin:given", () => method)], Equivariance = true };

    private static List<CaseLine> Run(GradePlan plan)
    {
        var cases = new List<CaseLine>();
        new GradeRun(plan).Execute(cases.Add);
        return cases;
    }

    private static Subnetwork Whole(Subject subject) => new("θ*", component: subject.Model.Parameters.clone());

    private static Subnetwork Line(Tensor vector) => new("line", DenseSubspace.Span(vector.unsqueeze(0)));

    private static Subnetwork Axes(Subject subject, Func<long, bool> chosen)
    {
        var length = subject.Model.Network.Layout.Length;
        return new("axes", new CoordinateSubspace(length, [.. Enumerable.Range(0, (int)length).Select(k => (long)k).Where(chosen)]));
    }

    private static Subnetwork Axes(Subject subject, ParameterSlot slot) => Axes(subject, k => k >= slot.Offset && k < slot.End);

    private static Tensor Gradient(Subject subject) =>
        new LossLandscape(subject.Model.Network, subject.Model.Loss, subject.DataSets[0]).Gradient(subject.Model.Parameters);

    /// <summary>Of an even number of samples; twice all of them has twice those.</summary>
    private static DataSet EverySecond(DataSet data)
    {
        var even = arange(0, data.Count, 2, dtype: ScalarType.Int64);
        return new(data.Name, data.Inputs.index_select(0, even), data.Targets.index_select(0, even));
    }

    private sealed class Given(Func<Subject, MethodContext, Subnetwork[]> decompose, bool isStochastic = false) : IDecompositionMethod
    {
        public MethodInfo Describe() => new("given", "1", "Given by a test.", isStochastic);

        public Decomposition Decompose(Subject subject, MethodContext context) => new(Describe(), decompose(subject, context), new Dictionary<string, string>());
    }
}

using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>What becomes of an answer where the truth is disputed, and where there is none.</summary>
public class UndecidedTruthTests
{
    private const string Disputed = "the truth of this model is disputed: the score is shown and decides nothing";

    /// <summary>
    /// The same answers on the same model: where the truth is exact the oracle passes and a null fails; where it is disputed both scores stay and both
    /// verdicts go. Kills a grader that looks at the grade nowhere, or drops the score with the verdict.
    /// </summary>
    [Theory]
    [InlineData("oracle", Verdict.Pass)]
    [InlineData("random-directions", Verdict.Fail)]
    public void A_disputed_truth_never_decides_a_verdict(string miniature, Verdict verdict)
    {
        using var scope = NewDisposeScope();
        var (exact, disputed) = (Value(miniature, TruthGrade.Exact), Value(miniature, TruthGrade.Disputed));
        Assert.Equal(verdict, exact.Verdict);
        Assert.Equal((Verdict.Skipped, (double?)null, Disputed), (disputed.Verdict, disputed.Bar, disputed.Reason));
        Assert.Equal((exact.Value, exact.Null, exact.Oracle), (disputed.Value, disputed.Null, disputed.Oracle));
        Assert.Equal(0, RunOutcome.ExitCode([Line(disputed)], methodsWereNamed: true));
    }

    /// <summary>On a control recovery is not defined: both columns are skipped, and say why.</summary>
    [Theory]
    [InlineData("control/random-weights/superposition-5-2")]
    [InlineData("control/random-weights/modular-addition")]
    [InlineData("control/entangled")]
    [InlineData("control/label-shuffled")]
    public void On_a_control_recovery_is_skipped_with_its_reason(string id)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create(id);
        using var profile = TruthProfile.Of(model);
        var parameters = model.Model.Parameters;
        var answer = new Decomposition(
            new MethodInfo("halves", "1", "θ* and half of it.", false),
            [new Subnetwork("all", component: parameters.clone()), new Subnetwork("half", component: parameters / 2)], new Dictionary<string, string>());
        var desk = new GradingDesk(profile, model, new FamilyScores(profile, model));
        var recovery = desk.Grade(answer, MethodRole.Method).Values.Where(value => value.Check is "recovery.directions" or "recovery.components").ToList();
        Assert.Equal(2, recovery.Count);
        Assert.All(recovery, value => Assert.Equal(
            (Verdict.Skipped, "the model plants 0 subnetwork(s); recovery needs at least 2"), (value.Verdict, value.Reason)));
    }

    private static CheckValue Value(string miniature, TruthGrade grade)
    {
        var plain = GradingCase.Small.Model;
        var model = plain with { Truth = plain.Truth with { Grade = grade } };
        using var profile = TruthProfile.Of(model);
        var desk = new GradingDesk(profile, model, new FamilyScores(profile, model));
        var answer = GradingCase.Small.Answer(miniature);
        return desk.Grade(answer, MethodRole.Method).Values.Single(value => value.Check == "recovery.directions");
    }

    private static CaseLine Line(CheckValue value) => new(
        new CaseKey("model", 0, "none", "method", "00000000", 0), CaseLine.Decomposition, MethodRole.Method, "hash", [value],
        new CaseCost(null, null, null, null), "replay");
}

using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Says how much structure an answer claims on a control, where there is none: <c>control.structure</c>, 0 for what the best null claims and 1 for the false
/// plant, <c>(claim − null)/(false plant − null)</c>. A method passes below ½, the bar that recovery has where something is planted.
/// </summary>
/// <remarks>grading.md, nulls, oracles and controls; what a claim is depends on the control, see <see cref="ControlKind"/>.</remarks>
internal sealed class ControlDesk : IDisposable
{
    private const string Check = ControlValues.Check;

    private readonly ControlTruth _truth;
    private readonly TruthProfile _profile;
    private readonly TruthProfile? _wouldBe;
    private readonly GradingDesk? _desk;
    private readonly TaskShare? _task;

    private ControlDesk(ControlTruth truth, TruthProfile profile, ToyModel model)
    {
        (_truth, _profile) = (truth, profile);
        if (truth.Kind == ControlKind.Recovery)
        {
            var planted = model with { Truth = model.Truth with { Grade = TruthGrade.Exact, Subnetworks = truth.WouldBe } };
            _wouldBe = TruthProfile.Of(planted);
            _desk = new GradingDesk(_wouldBe, planted, new FamilyScores(_wouldBe, planted));
        }
        if (truth.Kind == ControlKind.Function)
            _task = new TaskShare(profile, model, truth.Original!);
    }

    /// <summary>The desk of a control in a disguise; null: the model is no control. It uses tensors of the open dispose scope.</summary>
    /// <param name="profile">The control's own profile, of nothing planted.</param>
    /// <param name="model">The control as methods see it.</param>
    internal static ControlDesk? For(TruthProfile profile, ToyModel model) =>
        ControlTruth.IsControl(model) ? new ControlDesk(ControlTruth.Of(model, profile.Parameters), profile, model) : null;

    /// <summary>The check, judged, and the numbers it is made of.</summary>
    /// <param name="decomposition">The answer as handed in; has passed <see cref="DecompositionValidation"/>.</param>
    /// <param name="answer">The same, pulled back.</param>
    internal IReadOnlyList<CheckValue> Values(Decomposition decomposition, IReadOnlyList<Subnetwork> answer)
    {
        var check = new CheckValue(Check) { Level = CheckLevel.Should, Direction = CheckDirection.Lower, Bar = Bar.Share, Null = 0, Oracle = 1 };
        if (answer.Count == 0)
            return [check with { Value = 0, Verdict = Verdict.Pass, Reason = "nothing is claimed" }];
        var parts = EffectiveParts.Of(answer, _profile.DecomposedMask);
        var (claims, how) = _truth.Kind switch
        {
            ControlKind.Recovery => (Recovered(decomposition), $"by recovery of what would be planted in {_truth.Original!.Id}"),
            ControlKind.Function => (_task!.Values(answer), $"by doing the task of {_truth.Original!.Id} with the parts handed in"),
            _ => ([new CheckValue($"{Check}.parts") { Value = parts, Null = 1, Oracle = 2, Ratio = parts - 1 }], "by the effective number of parts: 1 claims nothing, 2 is a claim"),
        };
        var scores = claims.Select(claim => claim.Ratio).OfType<double>().ToList();
        check = scores.Count == 0
            ? check with { Bar = null, Verdict = Verdict.Skipped, Reason = claims.Select(claim => claim.Reason).FirstOrDefault(reason => reason is not null) ?? "nothing can be told" }
            : check with
            {
                Value = Math.Clamp(scores.Max(), 0, 1), Verdict = scores.Max() < Bar.Share ? Verdict.Pass : Verdict.Fail, Reason = how,
            };
        return [check, .. claims, .. _truth.Kind == ControlKind.Parts ? [] : (CheckValue[])[new($"{Check}.parts") { Value = parts }]];
    }

    /// <inheritdoc/>
    public void Dispose() => _wouldBe?.Dispose();

    /// <summary>Both columns of recovery of the false plant, with the best null of the answer's shape.</summary>
    private IReadOnlyList<CheckValue> Recovered(Decomposition decomposition)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. _desk!.Recovery(decomposition).Where(value => value.Level is not null).Select(value => new CheckValue($"{Check}.{value.Check.Split('.')[1]}")
            {
                Value = value.Value, Null = value.Null, Oracle = value.Oracle, Ratio = value.Verdict == Verdict.Skipped ? null : value.Ratio, Reason = value.Reason,
            }),
        ];
    }
}

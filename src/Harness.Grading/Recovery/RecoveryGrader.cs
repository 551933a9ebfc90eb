using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Grades an answer on recovery: validation, pull-back through the disguise, and the two columns.</summary>
public static class RecoveryGrader
{
    /// <summary>Both columns, directions first. Each says why it is skipped where it is.</summary>
    /// <param name="profile">The truth of this model (computed from any of its disguises).</param>
    /// <param name="model">The model as the method saw it.</param>
    /// <param name="decomposition">The answer, in the model's own (disguised) parameters.</param>
    /// <exception cref="InvalidDecompositionException">The answer cannot be graded.</exception>
    public static IReadOnlyList<ColumnGrade> Grade(TruthProfile profile, ToyModel model, Decomposition decomposition)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(model);
        DecompositionValidation.Check(decomposition, model.ToSubject());
        DecompositionValidation.CheckNotEmpty(decomposition, profile.Count);
        using var scope = NewDisposeScope();
        var answer = Gauge.PullBack(decomposition, model.Disguise).Subnetworks;
        return [Directions(profile, answer), Components(profile, answer)];
    }

    private static ColumnGrade Directions(TruthProfile profile, IReadOnlyList<Subnetwork> answer)
    {
        string? reason = null;
        if (!profile.HasSeveral)
            reason = $"the model plants {profile.Count} subnetwork(s); recovery needs at least 2";
        else if (answer.All(one => one.Directions is null))
            reason = "the answer has components only";
        return new ColumnGrade(RecoveryColumn.Directions, reason is null ? DirectionRecovery.Score(profile, answer) : null, reason);
    }

    private static ColumnGrade Components(TruthProfile profile, IReadOnlyList<Subnetwork> answer)
    {
        string? reason = null;
        if (!profile.HasSeveral)
            reason = $"the model plants {profile.Count} subnetwork(s); recovery needs at least 2";
        else if (profile.Components is null)
            reason = "the truth has no component vectors";
        else if (answer.All(one => one.Component is null))
            reason = "the answer has directions only";
        return new ColumnGrade(RecoveryColumn.Components, reason is null ? ComponentRecovery.Score(profile, answer) : null, reason);
    }
}

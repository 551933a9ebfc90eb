using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Grades answers on one model in one disguise: it holds the truth, the oracle's and the nulls' scores and
/// the uninformed families, all computed at most once, and turns an answer into the values of a case.
/// </summary>
public sealed class GradingDesk
{
    private const string DisputedTruth = "the truth of this model is disputed: the score is shown and decides nothing";

    private readonly TruthProfile _profile;
    private readonly ToyModel _model;
    private readonly FamilyScores _families;
    private readonly Lazy<IReadOnlyDictionary<RecoveryColumn, double>> _oracle;
    private readonly Lazy<IReadOnlyList<(string Name, RecoveryColumn Column, double Score)>> _nulls;
    private readonly AxisDesk _axes;

    /// <summary>Creates a desk.</summary>
    /// <param name="profile">The truth; shared by all disguises of the model.</param>
    /// <param name="model">The model as methods see it.</param>
    /// <param name="families">The uninformed families on this model in this disguise.</param>
    public GradingDesk(TruthProfile profile, ToyModel model, FamilyScores families)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(families);
        (_profile, _model, _families, _axes) = (profile, model, families, new AxisDesk(profile, model));
        _oracle = new(() => ScoresOf(MiniatureCatalog.Get("oracle")));
        _nulls = new(() =>
        [
            .. MiniatureCatalog.All.Where(miniature => miniature.Role == MethodRole.Null && miniature.AppliesTo(_model))
                .SelectMany(miniature => ScoresOf(miniature).Select(score => (miniature.Name, score.Key, score.Value))),
        ]);
    }

    /// <summary>The values of a case: both columns of recovery; beside a method's the bar, the families, all other axes, and findings.</summary>
    /// <exception cref="InvalidDecompositionException">The answer cannot be graded.</exception>
    public CaseGrade Grade(Decomposition decomposition, MethodRole role)
    {
        var columns = RecoveryGrader.Grade(_profile, _model, decomposition);
        if (role != MethodRole.Method)
            return new CaseGrade([.. columns.Select(RecoveryValues.Unjudged)], []);
        using var scope = NewDisposeScope();
        var answer = Gauge.PullBack(decomposition, _model.Disguise).Subnetworks;
        return new CaseGrade(
            [.. columns.SelectMany(Judged), .. _axes.Values(answer, columns)],
            [.. columns.SelectMany(column => Findings.Of(_profile, answer, column).Select(finding => $"{column.Column}: {finding}"))]);
    }

    private IEnumerable<CheckValue> Judged(ColumnGrade column)
    {
        if (column.Score is not { } score)
            return [RecoveryValues.Skipped(column)];
        var families = _families.For(score.Shape);
        var miniatures = _nulls.Value.Where(one => one.Column == column.Column).Select(one => ($"miniature/{one.Name}", one.Score)).ToList();
        var bar = Bar.Between(_oracle.Value[column.Column], [.. families.Select(family => (family.Family, family.Mean)), .. miniatures]);
        return RecoveryValues.Judged(column.Column, score, _profile.Truth.Grade == TruthGrade.Disputed ? bar.Without(DisputedTruth) : bar, families, miniatures);
    }

    private Dictionary<RecoveryColumn, double> ScoresOf(Miniature miniature)
    {
        using var scope = NewDisposeScope();
        var method = new MiniatureMethod(miniature, _model, _profile);
        var answer = method.Decompose(_model.ToSubject(), MethodContext.Default(0));
        return RecoveryGrader.Grade(_profile, _model, answer)
            .Where(column => column.Score is not null)
            .ToDictionary(column => column.Column, column => column.Score!.Value);
    }
}

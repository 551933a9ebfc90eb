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
    private readonly IReadOnlyList<SuiteBar> _bars;
    private readonly ControlDesk? _control;
    private readonly Lazy<IReadOnlyDictionary<RecoveryColumn, double>> _oracle;
    private IReadOnlyList<(string Name, RecoveryColumn Column, double Score)>? _nulls;
    private readonly AxisDesk _axes;

    /// <summary>Creates a desk.</summary>
    /// <param name="profile">The truth; shared by all disguises of the model.</param>
    /// <param name="model">The model as methods see it.</param>
    /// <param name="families">The uninformed families on this model in this disguise.</param>
    /// <param name="bars">Bars that the suite sets, of this model and of others; null: none.</param>
    public GradingDesk(TruthProfile profile, ToyModel model, FamilyScores families, IReadOnlyList<SuiteBar>? bars = null)
        : this(profile, model, families, bars, null)
    {
    }

    /// <summary>Creates a desk that also says what is claimed on a control.</summary>
    internal GradingDesk(TruthProfile profile, ToyModel model, FamilyScores families, IReadOnlyList<SuiteBar>? bars, ControlDesk? control)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(families);
        (_profile, _model, _families, _axes) = (profile, model, families, new AxisDesk(profile, model));
        (_bars, _control) = (bars ?? [], control);
        _oracle = new(() => ScoresOf(MiniatureCatalog.Get("oracle")));
    }

    /// <summary>
    /// The values of a case: both columns of recovery; beside a method's and a baseline's the bar, the families, all other axes, and findings. Only a
    /// method's carry verdicts.
    /// </summary>
    /// <param name="decomposition">The answer.</param>
    /// <param name="role">Whose answer it is.</param>
    /// <param name="cancellation">Honoured between axes, nulls and draws of the families.</param>
    /// <exception cref="InvalidDecompositionException">The answer cannot be graded.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CaseGrade Grade(Decomposition decomposition, MethodRole role, CancellationToken cancellation = default)
    {
        var columns = RecoveryGrader.Grade(_profile, _model, decomposition);
        using var scope = NewDisposeScope();
        var answer = Gauge.PullBack(decomposition, _model.Disguise).Subnetworks;
        var claimed = _control?.Values(decomposition, answer) ?? [];
        if (role is not (MethodRole.Method or MethodRole.Baseline))
            return new CaseGrade([.. columns.Select(RecoveryValues.Unjudged), .. claimed.Select(value => value with { Level = null, Verdict = null })], []);
        var readings = _axes.Readings(answer, columns, cancellation);
        IEnumerable<CheckValue> values =
            [.. columns.SelectMany(column => Judged(column, cancellation)), .. claimed, .. _axes.Values(readings, cancellation)];
        return new CaseGrade(
            [.. role == MethodRole.Method ? values : values.Select(value => value with { Verdict = null })],
            [.. columns.SelectMany(column => Findings.Of(_profile, answer, column).Select(finding => $"{column.Column}: {finding}"))])
        {
            Plants = PlantReadings.Of(_profile, columns, readings),
        };
    }

    /// <summary>Both columns of recovery as a method's.</summary>
    /// <exception cref="InvalidDecompositionException">The answer cannot be graded.</exception>
    internal IEnumerable<CheckValue> Recovery(Decomposition decomposition) => RecoveryGrader.Grade(_profile, _model, decomposition).SelectMany(column => Judged(column));

    private IEnumerable<CheckValue> Judged(ColumnGrade column, CancellationToken cancellation = default)
    {
        if (column.Score is not { } score)
            return [RecoveryValues.Skipped(column)];
        var (families, miniatures) = (_families.For(score.Shape, cancellation), Miniatures(column.Column, cancellation));
        var bar = BarOf(column.Column, Nulls(families, miniatures));
        return RecoveryValues.Judged(column.Column, score, _profile.Truth.Grade == TruthGrade.Disputed ? bar.Without(DisputedTruth) : bar, families, miniatures);
    }

    private List<(string Name, double Score)> Miniatures(RecoveryColumn column, CancellationToken cancellation = default)
    {
        _nulls ??=
        [
            .. MiniatureCatalog.All.Where(miniature => miniature.Role == MethodRole.Null && miniature.AppliesTo(_model)).SelectMany(miniature =>
            {
                cancellation.ThrowIfCancellationRequested();
                return ScoresOf(miniature).Select(score => (miniature.Name, score.Key, score.Value));
            }),
        ];
        return [.. _nulls.Where(one => one.Column == column).Select(one => ($"miniature/{one.Name}", one.Score))];
    }

    private static (string Name, double Score)[] Nulls(IReadOnlyList<FamilyResult> families, IReadOnlyList<(string Name, double Score)> miniatures) =>
        [.. families.Select(family => (family.Family, family.Mean)), .. miniatures];

    private Bar BarOf(RecoveryColumn column, IReadOnlyList<(string Name, double Score)> nulls) =>
        _bars.FirstOrDefault(bar => bar.Model == _model.Id && bar.Check == RecoveryValues.CheckName(column)) is { } set
            ? Bar.Set(set, _oracle.Value[column], nulls)
            : Bar.Between(_oracle.Value[column], nulls);

    /// <summary>What is wrong with a bar that a suite sets for this model, tried with an answer of the truth's own shape; null: nothing.</summary>
    internal string? Fault(SuiteBar bar)
    {
        using var scope = NewDisposeScope();
        return Columns(MiniatureCatalog.Get("oracle")).FirstOrDefault(column => RecoveryValues.CheckName(column.Column) == bar.Check) switch
        {
            null => $"there is no such check; there are {string.Join(", ", Enum.GetValues<RecoveryColumn>().Select(RecoveryValues.CheckName))}",
            { Score: { } score } column => Bar.Set(bar, score.Value, Nulls(_families.For(score.Shape), Miniatures(column.Column))).Refused,
            { } skipped => $"the check is skipped there: {skipped.Skipped}",
        };
    }

    private Dictionary<RecoveryColumn, double> ScoresOf(Miniature miniature)
    {
        using var scope = NewDisposeScope();
        return Columns(miniature).Where(column => column.Score is not null).ToDictionary(column => column.Column, column => column.Score!.Value);
    }

    private IReadOnlyList<ColumnGrade> Columns(Miniature miniature) =>
        RecoveryGrader.Grade(_profile, _model, new MiniatureMethod(miniature, _model, _profile).Decompose(_model.ToSubject(), MethodContext.Default(0)));
}

namespace Harness.Grading;

/// <summary>A check of one case in both runs, compared as numbers that chance has no part in.</summary>
/// <param name="Case">The case's key.</param>
/// <param name="Baseline">As approved; null: the baseline does not have it.</param>
/// <param name="Current">As measured; null: the run does not have it.</param>
/// <param name="Replay">How to run the case.</param>
internal sealed record ValuePair(string Case, CheckValue? Baseline, CheckValue? Current, string Replay)
{
    /// <summary>From the best to the worst.</summary>
    private static readonly Verdict[] s_order = [Verdict.Pass, Verdict.Skipped, Verdict.Undecided, Verdict.Fail, Verdict.Errored];

    /// <summary>What became of it.</summary>
    internal CheckChange Change()
    {
        var change = new CheckChange(Case, (Baseline ?? Current)!.Check, ChangeKind.Unchanged)
        {
            Baseline = Baseline?.Value, Current = Current?.Value, Replay = Replay, Reason = Current?.Reason,
        };
        if (Current is null)
            return change with { Kind = ChangeKind.Missing };
        if (Baseline is null)
            return change with { Kind = Current.Verdict is Verdict.Fail or Verdict.Errored || Current.Check == ThetaRegister.Check ? ChangeKind.Regressed : ChangeKind.New };
        if (Baseline.Value is not { } from || Current.Value is not { } to)
            return Baseline.Value is not null ? change with { Kind = ChangeKind.Missing, Reason = $"it has no value now: {Current.Reason ?? "no reason is given"}" }
                : Current.Value is not null ? change with { Kind = ChangeKind.New }
                : change with { Kind = ByVerdict() };
        var limit = ComparisonTolerance.Limit(Baseline, Current);
        change = change with { Limit = limit };
        // Written so that NaN is beyond every limit.
        if (from.Equals(to) || Math.Abs(to - from) <= limit)
            return ByVerdict() is ChangeKind.Unchanged ? change : change with { Kind = ByVerdict(), Reason = $"{Word(Baseline)}, now {Word(Current)}" };
        return (Baseline.Direction ?? Current.Direction) switch
        {
            CheckDirection.Higher => change with { Kind = to > from || double.IsNaN(from) ? ChangeKind.Improved : ChangeKind.Regressed },
            CheckDirection.Lower => change with { Kind = to < from || double.IsNaN(from) ? ChangeKind.Improved : ChangeKind.Regressed },
            _ => change with { Kind = ChangeKind.Regressed, Reason = "neither way is better: any change counts" },
        };
    }

    private ChangeKind ByVerdict()
    {
        if (Baseline!.Verdict is not { } from || Current!.Verdict is not { } to)
            return ChangeKind.Unchanged;
        var worse = Array.IndexOf(s_order, to) - Array.IndexOf(s_order, from);
        return worse > 0 ? ChangeKind.Regressed : worse < 0 ? ChangeKind.Improved : ChangeKind.Unchanged;
    }

    private static string Word(CheckValue value) => value.Verdict!.Value.ToString().ToLowerInvariant();
}

namespace Harness.Grading;

/// <summary>One number, or one whole case, of a baseline beside that of the current run. Null members do not apply.</summary>
/// <param name="Case">The case's key; of several seeds the first one's, with the others after it.</param>
/// <param name="Check">The check's name; null: the whole case.</param>
/// <param name="Kind">What became of it.</param>
public sealed record CheckChange(string Case, string? Check, ChangeKind Kind)
{
    /// <summary>The baseline's number; over seeds their mean.</summary>
    public double? Baseline { get; init; }

    /// <summary>The current number; over seeds their mean.</summary>
    public double? Current { get; init; }

    /// <summary>How far apart they may be.</summary>
    public double? Limit { get; init; }

    /// <summary>How often chance alone would move the mean over seeds as far in this direction, after Holm's correction.</summary>
    public double? Chance { get; init; }

    /// <summary>What there is to say of it.</summary>
    public string? Reason { get; init; }

    /// <summary>A command line that runs the current case, or else the baseline's, alone.</summary>
    public required string Replay { get; init; }

    /// <summary>How far it moved; NaN, which compares with nothing, counts as infinitely far.</summary>
    internal double Size => Baseline is not { } from || Current is not { } to ? 0 : double.IsNaN(to - from) ? double.PositiveInfinity : Math.Abs(to - from);
}

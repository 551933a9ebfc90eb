using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>
/// What can be read off a model without looking at what it computes: recovery of the two families that need no more than names and zeros. A model that
/// one of them solves is labelled <see cref="ToyModel.IsReadable"/>, and there no bar is given.
/// </summary>
/// <param name="Family">The better family, e.g. <c>connected-components</c>.</param>
/// <param name="Column">The column in which it is better.</param>
/// <param name="Score">Its recovery, 0 … 1.</param>
public sealed record Readability(string Family, RecoveryColumn Column, double Score)
{
    private static readonly string[] s_readers = ["name-prefix", "connected-components"];

    /// <summary>Recovery from which on a family solves a model: there is less than <see cref="Bar.LeastRoom"/> between it and the truth.</summary>
    public const double SolvedAt = 1 - Bar.LeastRoom;

    /// <summary>Whether it solves the model.</summary>
    public bool IsSolved => Score >= SolvedAt;

    /// <summary>Measures a model; null where nothing is planted that could be read, or no such family applies.</summary>
    public static Readability? Measure(ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var profile = TruthProfile.Of(model);
        if (!profile.HasSeveral)
            return null;
        var scores = new FamilyScores(profile, model);
        return FamilyCatalog.All
            .Where(family => s_readers.Contains(family.Name) && (family.Column == RecoveryColumn.Directions || profile.Components is not null))
            .Select(family => (Family: family, Result: scores.Measure(family, new AnswerShape(family.Column, [.. profile.Truth.Subnetworks.Select(_ => 1L)]))))
            .Where(one => one.Result is not null)
            .Select(one => new Readability(one.Family.Name, one.Family.Column, one.Result!.Mean))
            .MaxBy(one => one.Score);
    }
}

namespace Harness.Grading;

/// <summary>The shape of an answer in one column: how many subnetworks are alive, and how many directions each has.</summary>
/// <param name="Column">The column.</param>
/// <param name="Dimensions">Directions: s_j of every alive subnetwork, ascending. Components: one 1 for each.</param>
public sealed record AnswerShape(RecoveryColumn Column, IReadOnlyList<long> Dimensions)
{
    /// <summary>n, the number of alive subnetworks.</summary>
    public int Count => Dimensions.Count;

    /// <summary>A text that is equal for equal shapes.</summary>
    public string Key => $"{Column}:{string.Join(',', Dimensions.CountBy(dimension => dimension).Select(group => $"{group.Key}x{group.Value}"))}";
}

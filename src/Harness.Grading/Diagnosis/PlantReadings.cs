namespace Harness.Grading;

/// <summary>Takes scores apart by planted subnetwork.</summary>
internal static class PlantReadings
{
    /// <summary>One for each planted subnetwork; none where recovery is not defined.</summary>
    internal static IReadOnlyList<PlantReading> Of(TruthProfile profile, IReadOnlyList<ColumnGrade> columns, IReadOnlyDictionary<string, AxisReading> axes)
    {
        if (!profile.HasSeveral)
            return [];
        return [.. Enumerable.Range(0, profile.Count).Select(i => new PlantReading(
            profile.Truth.Subnetworks[i].Name,
            columns.SelectMany(column => Recovery(column, i))
                .Concat(axes.Where(axis => axis.Value.Each.Count > i && axis.Value.Each[i] is not null).Select(axis => (axis.Key, axis.Value.Each[i]!.Value)))
                .ToDictionary(one => one.Item1, one => one.Item2)))];
    }

    private static IEnumerable<(string, double)> Recovery(ColumnGrade column, int planted)
    {
        if (column.Score is not { } score)
            yield break;
        var (check, match) = (RecoveryValues.CheckName(column.Column), score.Matches.FirstOrDefault(match => match.Planted == planted));
        yield return (check, match?.Score ?? 0);
        if (match is null)
            yield break;
        yield return ($"{check}.submitted", match.Submitted);
        yield return (column.Column == RecoveryColumn.Directions ? $"{check}.containment" : $"{check}.dice", match.Similarity);
        if (match.Coverage is { } coverage)
            yield return ($"{check}.coverage", coverage);
        if (match.Extent is { } extent)
            yield return ($"{check}.extent", extent);
        foreach (var share in match.Shares.Where(share => share.Planted >= TensorShare.Substantial || share.Submitted >= TensorShare.Substantial))
            yield return ($"{check}.share/{share.Tensor}", share.Submitted);
    }
}

using Harness.Numerics;

namespace Harness.Reporting;

/// <summary>How independent two data sets are, as pictures.</summary>
public static class IndependencePicture
{
    /// <summary>|cosine| between single eigenvectors of two sets as a heat map, rows of the first set.</summary>
    /// <param name="first">Name of the first set.</param>
    /// <param name="second">Name of the second set.</param>
    /// <param name="independence">The comparison.</param>
    public static string Overlap(string first, string second, SubspaceIndependence independence)
    {
        ArgumentNullException.ThrowIfNull(independence);
        var (rows, columns) = (independence.Overlap.GetLength(0), independence.Overlap.GetLength(1));
        var cells = new double[rows, columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                cells[row, column] = Shown(Math.Abs(independence.Overlap[row, column]));
        return ChartSvg.Of($"Eigenvectors of {first} against those of {second}",
        [
            new Chart("", new Axis($"{second}, rank") { Categories = Ranks(columns) }, new Axis($"{first}, rank") { Categories = Ranks(rows) },
                [new HeatMap("|cosine|", cells) { Minimum = 0, Maximum = 1 }])
            {
                PlotHeight = Math.Max(200, 18 * rows),
                Notes =
                [
                    $"Mean cos² of the principal angles {NumberText.Brief(independence.MeanSquaredCosine)}; random subspaces {NumberText.Brief(independence.RandomMeanSquaredCosine)}."
                    + $" The union has dimension {independence.UnionDimension} of {rows + columns}.",
                ],
            },
        ]);
    }

    /// <summary>The colour diagram: to which pure set's eigenspace each eigenvector of the mixed set belongs.</summary>
    /// <param name="first">Name of the first pure set.</param>
    /// <param name="second">Name of the second pure set.</param>
    /// <param name="mixed">Name of the mixed set.</param>
    /// <param name="shares">A row for each eigenvector of the mixed set.</param>
    public static string Colours(string first, string second, string mixed, IReadOnlyList<ColourShares> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var cells = new double[shares.Count, 4];
        for (var row = 0; row < shares.Count; row++)
            (cells[row, 0], cells[row, 1], cells[row, 2], cells[row, 3]) = (Shown(shares[row].First), Shown(shares[row].Second), Shown(shares[row].Both), Shown(shares[row].Neither));
        return ChartSvg.Of($"Where the eigenvectors of {mixed} lie",
        [
            new Chart("", new Axis("share of the squared length") { Categories = [$"{first} only", $"{second} only", "both", "neither"] },
                new Axis($"{mixed}, rank") { Categories = Ranks(shares.Count) }, [new HeatMap("share", cells) { Minimum = 0, Maximum = 1 }])
            { PlotHeight = Math.Max(200, 18 * shares.Count) },
        ]);
    }

    /// <summary>Two decimals are shown; powers of ten of rounding in between would only distract.</summary>
    private static double Shown(double share) => Math.Round(share, 3);

    private static string[] Ranks(int count) => [.. Enumerable.Range(1, count).Select(rank => $"{rank}")];
}

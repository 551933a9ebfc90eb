namespace Harness.Reporting;

/// <summary>A matrix as shaded cells: row r and column c at the numbers r and c of axes with categories.</summary>
/// <param name="Name">What the numbers are; shown with the shades' key.</param>
/// <param name="Cells">The numbers, <c>[rows, columns]</c>; NaN is an empty cell.</param>
public sealed record HeatMap(string Name, double[,] Cells) : Series(Name)
{
    /// <summary>Smaller cells have no room for a number.</summary>
    private const int LeastTextWidth = 34;

    private const int LeastTextHeight = 16;

    /// <summary>The number of the faintest shade; null: the least cell.</summary>
    public double? Minimum { get; init; }

    /// <summary>The number of the strongest shade; null: the largest cell.</summary>
    public double? Maximum { get; init; }

    internal override bool HasColour => false;

    internal override IEnumerable<double> Across => Cells.GetLength(1) == 0 ? [] : [-0.5, Cells.GetLength(1) - 0.5];

    internal override IEnumerable<double> Up(AxisScale scale) => Cells.GetLength(0) == 0 ? [] : [-0.5, Cells.GetLength(0) - 0.5];

    internal override IEnumerable<Undrawn> Undrawn(Plot plot) =>
        Cells.Cast<double>().Where(value => !double.IsFinite(value)).Select(_ => Reporting.Undrawn.NotFinite);

    private IEnumerable<(int Row, int Column)> Places =>
        Enumerable.Range(0, Cells.GetLength(0)).SelectMany(row => Enumerable.Range(0, Cells.GetLength(1)).Select(column => (row, column)));

    private (double Low, double High) Range
    {
        get
        {
            var finite = Cells.Cast<double>().Where(double.IsFinite).DefaultIfEmpty(0).ToList();
            return (Minimum ?? finite.Min(), Maximum ?? finite.Max());
        }
    }

    internal override void Draw(Plot plot, SeriesStyle style)
    {
        var (low, high) = Range;
        foreach (var (row, column) in Places.Where(place => plot.X.Shows(place.Column) && plot.Y.Shows(place.Row)))
        {
            var (left, right, top, bottom) = (plot.X.At(column - 0.5), plot.X.At(column + 0.5), plot.Y.At(row - 0.5), plot.Y.At(row + 0.5));
            var value = Cells[row, column];
            var shade = double.IsNaN(value) ? (int?)null : ScoreColour.Class(high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 1);
            var (width, height) = (Math.Abs(right - left), Math.Abs(bottom - top));
            var gap = Math.Min(width, height) > 8 ? 1 : 0;
            plot.Canvas.Rectangle(
                Math.Min(left, right), Math.Min(top, bottom), width - gap, height - gap, shade is null ? "none" : $"f{shade}",
                tooltip: $"{plot.Y.Name(row)}, {plot.X.Name(column)}: {NumberText.Short(value)}");
            if (width >= LeastTextWidth && height >= LeastTextHeight)
                plot.Canvas.Text(
                    (left + right) / 2, (top + bottom) / 2 + 4, NumberText.Brief(value),
                    shade is null ? "faint small" : $"number small i{shade}", "middle");
        }
    }

    internal override void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style)
    {
        for (var step = 0; step < 4; step++)
            canvas.Rectangle(x + 6 * step, y - 6, 6, 12, $"f{ScoreColour.Class(step / 3.0)}");
    }

    /// <summary>The words beside the key: the name and the numbers of the faintest and the strongest shade.</summary>
    internal string Key => $"{Name} {NumberText.Short(Range.Low)} (faint) … {NumberText.Short(Range.High)} (strong)".TrimStart();
}

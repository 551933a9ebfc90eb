using Harness.Numerics;

namespace Harness.Reporting;

/// <summary>
/// Certified eigenpairs as a picture: the eigenvalues with their bounds, clusters shaded, what cannot be told from zero marked; and below them, what
/// the certificate measured: residuals against the limits they had to meet, and how far from θ each eigenvalue holds.
/// </summary>
public static class EigenvaluePicture
{
    /// <summary>From this ratio of the largest to the least |λ| above the zero level on, a linear axis hides most values.</summary>
    private const double WideRange = 300;

    /// <summary>Whether a logarithmic axis shows the values better: they span a wide range, and are not of both signs.</summary>
    public static bool SpansWideRange(Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var sizes = pairs.Values.Where(value => Math.Abs(value) > pairs.ZeroLevel).ToList();
        return sizes.Count > 0 && sizes.All(value => value > 0) && sizes.Max() > WideRange * sizes.Min();
    }

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="pairs">The eigenpairs.</param>
    /// <param name="title">Of what, for example <c>Hessian of modular-addition on all</c>.</param>
    /// <param name="scale">Of the eigenvalues' axis. A logarithmic one shows |λ|, with negative values marked.</param>
    /// <param name="validity">How far each one holds, for a third chart; null, or without radii: none.</param>
    public static string Of(Eigenpairs pairs, string title, AxisScale scale, EigenValidity? validity = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(title);
        Chart[] third = validity?.Radii is { } radii && radii.Any(radius => radius.Radius is not null)
            ? [ValidityChart.Of(validity, radii, Clusters(pairs), Rank(pairs))]
            : [];
        return ChartSvg.Of(title, [Values(pairs, scale), Residuals(pairs), .. third]);
    }

    private static Chart Values(Eigenpairs pairs, AxisScale scale)
    {
        var isLogarithmic = scale == AxisScale.Logarithmic;
        ChartPoint Point(int i)
        {
            var (value, bound) = (isLogarithmic ? Math.Abs(pairs.Values[i]) : pairs.Values[i], pairs.ValueBounds[i]);
            return new(i + 1, value, value - bound, value + bound, $"λ = {NumberText.Short(pairs.Values[i])}, certified ± {NumberText.Short(bound)}");
        }
        ScatterSeries Marked(string name, Func<int, bool> belongs) =>
            new(name, [.. Enumerable.Range(0, pairs.Count).Where(belongs).Select(Point)]);
        ScatterSeries[] marks =
        [
            Marked("λ", i => pairs.IsConverged(i) && !(isLogarithmic && pairs.Values[i] < 0)),
            Marked("−λ, negative", i => pairs.IsConverged(i) && isLogarithmic && pairs.Values[i] < 0),
            Marked("not converged", i => !pairs.IsConverged(i)),
        ];
        Series[] zeros = pairs.Flags.HasFlag(EigenFlags.NumericallyZero) ? [new ReferenceLine("cannot be told from 0 below", pairs.ZeroLevel)] : [];
        return new Chart("Eigenvalues", Rank(pairs), new Axis(isLogarithmic ? "|λ|" : "λ") { Scale = scale },
        [
            Clusters(pairs),
            .. zeros,
            .. marks.Where(series => series.Values.Count > 0),
        ])
        { Subtitle = Summary(pairs) };
    }

    private static Chart Residuals(Eigenpairs pairs)
    {
        ScatterSeries Series(string name, IReadOnlyList<double> values) => new(name, [.. values.Select((value, i) => new ChartPoint(i + 1, value))]);
        return new Chart("Certificate", Rank(pairs), new Axis("size") { Scale = AxisScale.Logarithmic },
        [
            Clusters(pairs) with { Name = "" },
            Series("residual ‖Hv − λv‖", pairs.Residuals),
            Series("its limit", pairs.ResidualLimits),
            Series("bound of λ's error", pairs.ValueBounds),
        ])
        { PlotHeight = 180, Notes = ["A pair has converged when its residual, from a fresh product, is at most its limit."] };
    }

    private static Axis Rank(Eigenpairs pairs) => new("rank") { Minimum = 0, Maximum = pairs.Count + 1 };

    private static string Summary(Eigenpairs pairs)
    {
        var sure = pairs.Completeness switch
        {
            Completeness.Proved => "proved that none is missing",
            Completeness.Probable => "a sweep found none missing",
            _ => "some may be MISSING",
        };
        var flags = pairs.Flags == EigenFlags.None ? "" : $" Flags: {pairs.Flags}.";
        var noise = $"noise {NumberText.Brief(pairs.Noise)}, ‖H‖ ≥ {NumberText.Short(pairs.Norm)}";
        return $"{pairs.Count} pairs from {pairs.Products} products; {sure}; {noise}.{flags}";
    }

    /// <summary>Clusters of more than one, a range for each run of neighbours: by magnitude, one cluster's ranks need not be neighbours.</summary>
    private static Spans Clusters(Eigenpairs pairs)
    {
        var ranges = new List<(double From, double To, string Note)>();
        foreach (var cluster in pairs.Clusters.Where(cluster => cluster.Members.Count > 1 || cluster.IsCut))
        {
            var ranks = string.Join(", ", cluster.Members.Select(member => member + 1));
            var note = $"cluster {ranks}: only its subspace has a meaning{(cluster.IsCut ? ", and more of it was not asked for" : "")}";
            foreach (var (first, last) in Runs(cluster.Members))
                ranges.Add((first + 0.6, last + 1.4, note));
        }
        return new Spans(ranges.Count == 0 ? "" : "cluster: one subspace", ranges);
    }

    private static IEnumerable<(int First, int Last)> Runs(IReadOnlyList<int> members)
    {
        var first = 0;
        for (var i = 1; i <= members.Count; i++)
            if (i == members.Count || members[i] != members[i - 1] + 1)
            {
                yield return (members[first], members[i - 1]);
                first = i;
            }
    }
}

using System.Globalization;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>What a method took over all its cases, as text.</summary>
/// <param name="Method">Short name of the method.</param>
/// <param name="Cells">Cases, seconds, gradients, products, memory.</param>
public sealed record CostRow(string Method, IReadOnlyList<string> Cells)
{
    /// <summary>Headings of a row.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["method", "cases", "seconds", "longest case", "gradients", "products", "peak MiB"];

    /// <summary>What the rows are, in a sentence.</summary>
    public const string Meaning =
        "What the methods themselves took, grading left out. Gradients and products (with Hessians and Jacobians) are those that the harness computed for them, or that they say they did; – is unknown. "
        + "Memory is the whole process's.";

    /// <summary>The rows of a record: methods and baselines.</summary>
    public static IReadOnlyList<CostRow> Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            .. record.Cases.Where(line => line.Kind == CaseLine.Decomposition && line.Role is MethodRole.Method or MethodRole.Baseline)
                .GroupBy(line => line.Key.Method).Select(group => new CostRow(Leaderboard.DisplayName(group.Key), Summed([.. group.Select(line => line.Cost)]))),
        ];
    }

    private static IReadOnlyList<string> Summed(IReadOnlyList<CaseCost> costs)
    {
        var seconds = costs.Select(cost => cost.Seconds).OfType<double>().ToList();
        var memory = costs.Select(cost => cost.PeakMemoryMiB).OfType<double>().ToList();
        string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        return
        [
            Number(costs.Count, "0"), seconds.Count > 0 ? Number(seconds.Sum(), "0.0") : "–", seconds.Count > 0 ? Number(seconds.Max(), "0.00") : "–",
            Sum(costs.Select(cost => cost.Gradients)), Sum(costs.Select(cost => cost.Products)), memory.Count > 0 ? Number(memory.Max(), "0") : "–",
        ];
    }

    /// <summary>At least the sum of what is known.</summary>
    private static string Sum(IEnumerable<long?> counts)
    {
        var list = counts.ToList();
        var known = list.OfType<long>().ToList();
        return known.Count == 0 ? "–" : $"{(known.Count < list.Count ? "≥ " : "")}{known.Sum().ToString(CultureInfo.InvariantCulture)}";
    }
}

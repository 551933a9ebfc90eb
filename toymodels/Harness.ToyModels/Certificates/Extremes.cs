namespace Harness.ToyModels;

/// <summary>Largest and least of some numbers, NaN if any is NaN: the library's <c>Max</c> passes over NaN, and so would a certificate.</summary>
internal static class Extremes
{
    /// <summary>The largest; −∞ if there is none.</summary>
    internal static double Largest(this IEnumerable<double> numbers) => numbers.Aggregate(double.NegativeInfinity, Math.Max);

    /// <summary>The least; +∞ if there is none.</summary>
    internal static double Least(this IEnumerable<double> numbers) => numbers.Aggregate(double.PositiveInfinity, Math.Min);
}

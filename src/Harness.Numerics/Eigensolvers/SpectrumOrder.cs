namespace Harness.Numerics;

/// <summary>Orders eigenvalues from the wanted end inwards, and from the largest down for people.</summary>
internal static class SpectrumOrder
{
    /// <summary>How far out a value lies: the most wanted has the greatest key.</summary>
    internal static double Key(SpectrumEnd end, double value) => end switch
    {
        SpectrumEnd.Largest => value,
        SpectrumEnd.Smallest => -value,
        _ => Math.Abs(value),
    };

    /// <summary>Indices from the most wanted value inwards. Stable: equal keys keep their order.</summary>
    internal static int[] Inwards(SpectrumEnd end, IReadOnlyList<double> values) =>
        [.. Enumerable.Range(0, values.Count).OrderByDescending(i => Key(end, values[i]))];

    /// <summary>Indices in the order of a result: algebraically descending, or by descending |λ| if asked by magnitude.</summary>
    internal static int[] Reported(SpectrumEnd end, IReadOnlyList<double> values) =>
        Inwards(end == SpectrumEnd.Magnitude ? SpectrumEnd.Magnitude : SpectrumEnd.Largest, values);
}

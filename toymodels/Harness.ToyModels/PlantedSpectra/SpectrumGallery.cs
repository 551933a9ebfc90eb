namespace Harness.ToyModels;

/// <summary>The spectra that an eigensolver has to survive.</summary>
internal static class SpectrumGallery
{
    private const int Size = 64;

    /// <summary>Every spectrum in diagonal form.</summary>
    internal static IReadOnlyList<PlantedSpectrum> Diagonal { get; } =
    [
        Spectrum("separated", $"{Size}, {Size - 1}, …, 1", Descending(Size, 1, Size)),
        Spectrum(
            "clustered", "8 around 10 and 8 around 5, each 1e-6 apart, and 48 from 1 down to 0.01",
            [.. Steps(10, -1e-6, 8), .. Steps(5, -1e-6, 8), .. Descending(1, 0.01, Size - 16)]),
        Multiplicity(2),
        Multiplicity(5),
        Multiplicity(20),
        Spectrum("rank-deficient", $"6, 5, …, 1 and {Size - 6} zeros", [.. Descending(6, 1, 6), .. Enumerable.Repeat(0.0, Size - 6)]),
        Spectrum("indefinite", "8, 62 from 1 down to −1, and −10: the largest in magnitude is negative", [8, .. Descending(1, -1, Size - 2), -10]),
        Spectrum("graded", "1 down to 1e-12 in equal ratios", [.. Descending(0, -12, Size).Select(exponent => Math.Pow(10, exponent))]),
        Spectrum("outlier-bulk", "100 and a bulk (i/63)², dense towards 0", [100, .. Descending(1, 0, Size - 1).Select(value => value * value)]),
        Spectrum("zero", $"{Size} zeros", [.. Enumerable.Repeat(0.0, Size)]),
        Spectrum("one-by-one", "3, the only one", [3]),
        .. new[] { 150, -150, 30, -30, 15, -15 }.Select(exponent => Spectrum(
            FormattableString.Invariant($"scaled-1e{exponent}"),
            FormattableString.Invariant($"(1, 63/64, …, 1/64)·1e{exponent}"),
            [.. Descending(1, 1.0 / Size, Size).Select(value => value * Math.Pow(10, exponent))])),
    ];

    private static PlantedSpectrum Multiplicity(int count) => Spectrum(
        $"multiplicity-{count}", $"3 and 2, each {count} times, and {Size - 2 * count} from 1 down to 0.01",
        [.. Enumerable.Repeat(3.0, count), .. Enumerable.Repeat(2.0, count), .. Descending(1, 0.01, Size - 2 * count)]);

    private static PlantedSpectrum Spectrum(string family, string description, double[] eigenvalues) =>
        new(family, description, eigenvalues, IsRotated: false);

    /// <summary><paramref name="count"/> equally spaced values from first to last, both included.</summary>
    private static double[] Descending(double first, double last, int count) =>
        [.. Enumerable.Range(0, count).Select(i => first + (last - first) * i / (count - 1))];

    private static double[] Steps(double first, double step, int count) => [.. Enumerable.Range(0, count).Select(i => first + i * step)];
}

using Harness.Models;

namespace Harness.ToyModels;

/// <summary>A network for addition modulo p whose weights are cosines (toymodels.md A3); exact where <see cref="Cancels"/>.</summary>
/// <param name="Modulus">p, an odd prime.</param>
/// <param name="FrequencyCount">|F|, 1 … (p − 1)/2.</param>
/// <param name="UnitsPerFrequency">M, default 6.</param>
/// <param name="PhaseStep">
/// s, default −2: the second phase is s times the first. The unwanted terms
/// cancel if M divides none of 1 + s, 3 + s, 1 − s, 1 + 3s, 2 + 2s, 2 and 2s.
/// </param>
public sealed record ModularAdditionSpec(int Modulus, int FrequencyCount, int UnitsPerFrequency = 6, int PhaseStep = -2)
{
    /// <summary>The frequencies of seed 0, where published check values name them; null: drawn like those of any seed.</summary>
    public IReadOnlyList<int>? SeedZeroFrequencies { get; init; }

    /// <summary>
    /// Whether both phases of every unit are drawn from the seed instead of tied; default false. Unwanted terms then cancel in the mean only.
    /// </summary>
    public bool HasRandomPhases { get; init; }

    /// <summary>Whether hidden units are ReLU instead of squares; default false. With s = 1 and M ≥ 6 every pair is still classified.</summary>
    public bool IsRectified { get; init; }

    /// <summary>Share of the pairs, 0 … 1, that a certificate wants classified where no closed form says that all are; default 0: it does not ask.</summary>
    public double LeastAccuracy { get; init; }

    /// <summary>Whether the unwanted terms cancel, so that the logits are the closed form: if and only if M divides none of the listed numbers.</summary>
    public bool Cancels
    {
        get
        {
            var s = PhaseStep;
            int[] harmonics = [1 + s, 3 + s, 1 - s, 1 + 3 * s, 2 + 2 * s, 2, 2 * s];
            return !HasRandomPhases && !IsRectified && harmonics.All(harmonic => harmonic % UnitsPerFrequency != 0);
        }
    }

    /// <summary>h = |F|·M.</summary>
    public int HiddenCount => FrequencyCount * UnitsPerFrequency;

    /// <summary>F for a seed: distinct, within 1 … (p − 1)/2 (f and p − f are the same circle), ascending.</summary>
    public IReadOnlyList<int> Frequencies(ulong seed)
    {
        if (seed == 0 && SeedZeroFrequencies is { } given)
            return given;
        var order = RandomSource.Named(seed, "modular-addition/frequencies").Permutation((Modulus - 1) / 2);
        return [.. order.Take(FrequencyCount).Select(index => index + 1).Order()];
    }

    /// <summary>The logit of class q on inputs (a, b) as a function of <c>shift = a + b − q</c>: <c>(M/2)·Σ cos(2πf·shift/p)</c>.</summary>
    public double Logit(IEnumerable<int> frequencies, int shift) =>
        UnitsPerFrequency / 2.0 * frequencies.Sum(frequency => Cosine(frequency * shift, 0));

    /// <summary>Phases (φ₁, φ₂) of unit m of frequency k at index <c>k·M + m</c>, <c>[h]</c>; φ₃ is their sum.</summary>
    internal IReadOnlyList<(double First, double Second)> Phases(ulong seed)
    {
        var random = RandomSource.Named(seed, "modular-addition/phases");
        (double, double) Phase(int index)
        {
            var first = 2 * Math.PI * (index % UnitsPerFrequency) / UnitsPerFrequency;
            return HasRandomPhases ? (random.NextDouble(0, 2 * Math.PI), random.NextDouble(0, 2 * Math.PI)) : (first, PhaseStep * first);
        }
        return [.. Enumerable.Range(0, HiddenCount).Select(Phase)];
    }

    /// <summary><c>cos(2πk/p + phase)</c>; k is reduced modulo p first, so that large k lose no digits.</summary>
    internal double Cosine(int k, double phase) => Math.Cos(2 * Math.PI * (k % Modulus) / Modulus + phase);

    /// <summary>Throws unless p is an odd prime and the counts are in range.</summary>
    internal void Check()
    {
        if (Modulus < 3 || Enumerable.Range(2, Modulus - 2).TakeWhile(divisor => divisor * divisor <= Modulus).Any(divisor => Modulus % divisor == 0))
            throw new ArgumentException($"The modulus must be an odd prime, got {Modulus}.");
        if (FrequencyCount < 1 || FrequencyCount > (Modulus - 1) / 2)
            throw new ArgumentException($"Modulus {Modulus} has {(Modulus - 1) / 2} frequencies; {FrequencyCount} were asked for.");
        if (UnitsPerFrequency < 1)
            throw new ArgumentException($"A frequency needs at least one unit, got {UnitsPerFrequency}.");
    }
}

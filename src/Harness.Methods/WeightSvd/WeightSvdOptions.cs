namespace Harness.Methods;

/// <summary>Options of <see cref="WeightSvd"/>.</summary>
/// <param name="Energy">
/// Of each weight, the fewest leading singular values are kept whose squares hold this share of the sum of all squares; in (0, 1], default 0.95.
/// </param>
public sealed record WeightSvdOptions(double Energy = 0.95)
{
    internal WeightSvdOptions Validated() => Energy is > 0 and <= 1
        ? this
        : throw new ArgumentOutOfRangeException(nameof(Energy), Energy, "A share of the energy lies in (0, 1].");
}

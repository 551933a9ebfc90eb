namespace Harness.Numerics;

/// <summary>
/// How many gates changed sides. A gate is one unit of a piecewise operation on one sample: the sign of a ReLU's pre-activation, or the place of the
/// largest entry in a pooling window.
/// </summary>
/// <param name="Flipped">Gates that changed, 0 … <paramref name="Total"/>.</param>
/// <param name="Total">All gates; 0 for a smooth network.</param>
public readonly record struct GateFlips(long Flipped, long Total)
{
    /// <summary>Flipped gates among all, 0 … 1; 0 for a smooth network.</summary>
    public double Share => Total == 0 ? 0 : (double)Flipped / Total;
}

namespace Harness.Methods;

/// <summary>Options of <see cref="UnitClusters"/>.</summary>
/// <param name="Threshold">
/// Two units belong together when the correlation of their contributions is above it in absolute value; in [0, 1), default 0.1. On closed-form
/// modular addition units of different frequencies are at 0 (to roundoff), and the weakest link that a frequency needs to hang together is at 0.139.
/// </param>
public sealed record UnitClusterOptions(double Threshold = 0.1)
{
    internal UnitClusterOptions Validated() => Threshold is >= 0 and < 1
        ? this
        : throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "A correlation threshold lies in [0, 1).");
}

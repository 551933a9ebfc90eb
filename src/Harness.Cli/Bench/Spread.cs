namespace Harness.Cli;

/// <summary>The middle half of repeated measurements: what a busy machine does to a few of them does not show.</summary>
/// <param name="Median">Half of them are at most this.</param>
/// <param name="Lower">A quarter of them are at most this.</param>
/// <param name="Upper">Three quarters of them are at most this.</param>
/// <param name="Rounds">How many there are, at least 1.</param>
public sealed record Spread(double Median, double Lower, double Upper, int Rounds)
{
    /// <summary>The spread of some measurements; between two of them values are interpolated.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Spread Of(IEnumerable<double> measurements)
    {
        double[] ordered = [.. measurements.Order()];
        if (ordered.Length == 0)
            throw new ArgumentException("A spread needs at least one measurement, got none.", nameof(measurements));
        double At(double share)
        {
            var place = share * (ordered.Length - 1);
            var below = (int)place;
            return ordered[below] + (place - below) * (ordered[Math.Min(below + 1, ordered.Length - 1)] - ordered[below]);
        }
        return new Spread(At(0.5), At(0.25), At(0.75), ordered.Length);
    }
}

namespace Harness.Numerics;

/// <summary>A mean over independent random probes.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">
/// Its standard error: the sample's standard deviation over the square root of the number of probes; 0 where nothing was random.
/// </param>
public readonly record struct EstimatedValue(double Value, double StandardError)
{
    /// <summary>Of a sample of at least two, times a scale.</summary>
    internal static EstimatedValue Of(IReadOnlyList<double> sample, double scale = 1)
    {
        var mean = sample.Average();
        var variance = sample.Sum(value => (value - mean) * (value - mean)) / (sample.Count - 1);
        return new EstimatedValue(mean * scale, Math.Sqrt(variance / sample.Count) * scale);
    }
}

namespace Harness.ToyModels;

/// <summary>
/// Takes pre-activations off the kink of a ReLU. Training parks thousands of them there, to within 1e-8: float32 and float64 then disagree
/// on which side they are, and a Hessian product has 1e-2 of noise that no summation removes. A shift far below any training step decides it.
/// </summary>
internal static class KinkClearance
{
    /// <summary>Largest shift of a unit's bias. Margins move by about as much.</summary>
    internal const double LargestShift = 1e-4;

    /// <summary>The shift, at most <see cref="LargestShift"/> in size, after which the value nearest to 0 is as far from it as can be.</summary>
    internal static double Shift(IEnumerable<double> preActivations)
    {
        var near = preActivations.Where(value => Math.Abs(value) <= 3 * LargestShift).Order().ToArray();
        double Clearance(double kink) => near.Min(value => Math.Abs(value - kink));
        if (near.Length == 0)
            return 0;
        var between = near.Zip(near.Skip(1), (low, high) => (low + high) / 2).Where(middle => Math.Abs(middle) < LargestShift);
        return -between.Append(-LargestShift).Append(LargestShift).MaxBy(Clearance);
    }
}

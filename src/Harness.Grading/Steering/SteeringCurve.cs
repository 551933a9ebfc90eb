using Harness.Numerics;

namespace Harness.Grading;

/// <summary>The scores along one direction, in one sense.</summary>
/// <param name="Direction">The direction's name.</param>
/// <param name="Sign">+1 or −1.</param>
/// <param name="Points">Ascending in λ, λ = 0 first: the original network.</param>
public sealed record SteeringCurve(string Direction, int Sign, IReadOnlyList<SteeringPoint> Points)
{
    /// <summary>The most accuracy on the kept set that a clean ablation may cost: 2 points (grading.md).</summary>
    public const double CleanDrop = 0.02;

    /// <summary>The original network.</summary>
    public SteeringPoint Origin => Points[0];

    /// <summary>Accuracy on the kept set lost at a point, in shares; negative where it gained.</summary>
    public double KeptDrop(SteeringPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Origin.Keep.Accuracy - point.Keep.Accuracy;
    }

    /// <summary>The point with the least accuracy on the ablated set among those that lost at most <paramref name="drop"/> on the kept one; the shortest such step.</summary>
    /// <param name="drop">Share of accuracy, 0 … 1.</param>
    public SteeringPoint Cleanest(double drop = CleanDrop) =>
        Points.Where(point => KeptDrop(point) <= drop + Tolerances.EqualShares).MinBy(point => (point.Ablate.Accuracy, point.Lambda))!;

    /// <summary>
    /// The area between the curves of relative accuracy, <c>∫ (keep(λ)/keep(0) − ablate(λ)/ablate(0)) dλ / λ_max</c> by trapezoids: 1 would be an
    /// ablated set lost at once and a kept one never; 0 no difference between them.
    /// </summary>
    public double AreaBetween()
    {
        if (Points.Count < 2)
            return 0;
        double Gap(SteeringPoint point) => point.Keep.Accuracy / Origin.Keep.Accuracy - point.Ablate.Accuracy / Origin.Ablate.Accuracy;
        var area = Points.Zip(Points.Skip(1), (left, right) => (right.Lambda - left.Lambda) * (Gap(left) + Gap(right)) / 2).Sum();
        return area / Points[^1].Lambda;
    }
}

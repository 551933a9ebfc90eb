using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// How far the second order holds along every eigenvector. With <c>d(t) = ⟨∇L(θ + tv) − ∇L(θ − tv), v⟩ / 2t</c>, the mean curvature between −t and t, the
/// radius is the largest t up to which <c>d/λ</c> stays within <see cref="Tolerances.ValidityFactor"/>.
/// </summary>
/// <param name="Radii">One per pair, <c>[k]</c>; null if the operator is not the Hessian of a known function.</param>
/// <param name="Reach">The longest step looked at: ‖θ‖ (1 at θ = 0). NaN without radii.</param>
/// <param name="Gradients">Gradients over the whole data set that it cost; no products.</param>
/// <param name="Reason">Why there are no radii; null if there are.</param>
/// <remarks>
/// The second difference of the loss itself, <c>c(t) = (L(θ + tv) − 2L(θ) + L(θ − tv))/t² = (2/t²)·∫₀ᵗ u·d(u) du</c>, is a weighted mean of d over shorter
/// steps. So wherever d stays within the factor at every step up to t, c does, and the radius is at most that of c. The error of d falls with u/t, that
/// of c with u/t²: d can be measured at steps some 10⁴ times shorter, which is where parked kinks are. Steps are looked at on a grid of
/// powers of two from 2⁻²⁰ of the reach (shorter ones only if that fails), then by bisection; what leaves the factor and returns between two of them
/// is not seen.
/// </remarks>
public sealed record EigenValidity(IReadOnlyList<ValidityRadius>? Radii, double Reach, long Gradients, string? Reason)
{
    /// <summary>For an operator that is not the Hessian of a known function.</summary>
    internal static EigenValidity None { get; } = new(
        null, double.NaN, 0, "the operator is not the Hessian of a function that could be evaluated at a distance (a GGN or a Fisher information never is)");

    /// <summary>For a request that left it out.</summary>
    internal static EigenValidity NotAsked { get; } = new(null, double.NaN, 0, "the request left it out");

    /// <summary>Measures every pair.</summary>
    /// <param name="function">The function that the operator is the Hessian of; null: there is none.</param>
    /// <param name="values">λ, <c>[k]</c>.</param>
    /// <param name="vectors"><c>[k, n]</c>, rows of unit length.</param>
    /// <param name="zeroLevel">|λ| at or below which it cannot be told from zero.</param>
    /// <param name="progress">Receives the share of pairs done, 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between pairs.</param>
    internal static EigenValidity Of(
        ILocalFunction? function, double[] values, Tensor vectors, double zeroLevel, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (function is null)
            return None;
        var (radii, gradients) = (new ValidityRadius[values.Length], 0L);
        for (var i = 0; i < values.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Math.Abs(values[i]) <= zeroLevel)
            {
                radii[i] = new ValidityRadius(ValidityOutcome.ZeroEigenvalue, null, double.NaN, null, default);
                continue;
            }
            using var scope = NewDisposeScope();
            // A solver's caller is in no_grad; slopes are gradients.
            using var mode = enable_grad();
            var scan = new ValidityScan(function, values[i], vectors[i]);
            radii[i] = scan.Find();
            gradients += scan.Gradients;
            progress?.Report((i + 1.0) / values.Length);
        }
        return new EigenValidity(radii, function.Reach, gradients, null);
    }
}

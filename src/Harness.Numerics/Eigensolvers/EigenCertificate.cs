using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Turns a Rayleigh–Ritz step and what is known of the rest of the spectrum into certified pairs.</summary>
/// <param name="Operator">The operator; gives the scale and the count of products.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Ritz">The pairs.</param>
/// <param name="Others">Known eigenvalues beyond them.</param>
/// <param name="Radii">
/// Residuals by which the solver told clusters apart, in the order of the pairs. Explicit ones may be smaller, but what was iterated as one cluster is
/// only converged as one.
/// </param>
internal sealed record EigenCertificate(
    MeasuredOperator Operator, EigenRequest Request, RayleighRitz Ritz, IReadOnlyList<KnownValue> Others, IReadOnlyList<double> Radii)
{
    /// <summary>The certificate of an operator of whose products not one pair can be certified.</summary>
    internal static EigenCertificate OfNothing(MeasuredOperator op, EigenRequest request) =>
        new(op, request, new RayleighRitz([], zeros(0, op.Dimension, ScalarType.Float64), [], 0, Tolerances.LeastNoise(op.Dimension), 0, 0), [], []);

    private int Count => Ritz.Values.Length;

    /// <summary>Issues the certificate. The vectors pass to the caller's dispose scope.</summary>
    /// <param name="completeness">How sure it is that nothing was missed.</param>
    /// <param name="flags">Flags known to the solver; those of the certificate are added.</param>
    /// <param name="asymmetry">Largest asymmetry seen by the solver.</param>
    /// <param name="effort">What was spent on looking for missed eigenvalues.</param>
    internal Eigenpairs Issue(Completeness completeness, EigenFlags flags, double asymmetry, CompletenessEffort effort)
    {
        var resolution = Ritz.Noise * Ritz.Norm;
        double[] values = [.. Ritz.Values, .. Others.Select(other => other.Value)];
        double[] uncertainties = [.. Ritz.Residuals, .. Others.Select(other => other.Uncertainty)];
        var groups = EigenClustering.Groups(values, [.. Ritz.Residuals.Zip(Radii, Math.Max), .. new double[Others.Count]], resolution);

        var (limits, valueBounds, angleBounds) = (new double[Count], new double[Count], new double?[Count]);
        for (var i = 0; i < Count; i++)
        {
            limits[i] = StoppingRule.Limit(Request.Tolerance, values[i], EigenClustering.Gap(i, values, groups), resolution);
            var cluster = Enumerable.Range(0, Count).Where(j => groups[j] == groups[i]).ToArray();
            var residual = Math.Sqrt(cluster.Sum(j => Ritz.Residuals[j] * Ritz.Residuals[j]));
            var isCut = IsCut(groups, groups[i]);
            // Where eigenvalues may be missing there is no gap to speak of: then only the residual bounds anything.
            var gap = isCut || completeness == Completeness.Incomplete ? 0 : cluster.Min(j => GapToOthers(j, values, uncertainties, groups));
            (valueBounds[i], angleBounds[i]) = SpectralBounds.Of(residual, gap, Ritz.RoundingError);
            flags |= isCut ? EigenFlags.ClusterCut : EigenFlags.None;
            flags |= Math.Abs(values[i]) <= Tolerances.NoiseFloor(resolution) ? EigenFlags.NumericallyZero : EigenFlags.None;
            flags |= Ritz.Residuals[i] <= limits[i] ? EigenFlags.None : EigenFlags.NotConverged;
            flags |= IsNoiseAboveTolerance(values[i], limits[i]) ? EigenFlags.NoiseAboveTolerance : EigenFlags.None;
        }
        flags |= Operator.NonFiniteProduct is null ? EigenFlags.None : EigenFlags.NonFiniteProduct;
        var worstAsymmetry = Math.Max(asymmetry, Ritz.Asymmetry);
        if (worstAsymmetry > Tolerances.Asymmetry(Ritz.Noise))
            flags |= EigenFlags.NotSymmetric;
        if (Request.Count > Operator.Dimension || (Operator.NonFiniteProduct is not null && Count < Request.Count))
            flags |= EigenFlags.FewerThanRequested;

        var scale = Operator.Scale;
        return new Eigenpairs
        {
            Values = Scaled(Ritz.Values),
            Vectors = Ritz.Vectors,
            Residuals = Scaled(Ritz.Residuals),
            ResidualLimits = Scaled(limits),
            ValueBounds = Scaled(valueBounds),
            AngleBounds = angleBounds,
            Clusters = [.. Enumerable.Range(0, Count).GroupBy(i => groups[i]).Select(members => new EigenCluster([.. members], IsCut(groups, members.Key)))],
            Products = Operator.Split.WithoutProof,
            Split = Operator.Split,
            Effort = effort,
            Completeness = completeness,
            Noise = Ritz.Noise,
            Norm = Ritz.Norm * scale,
            Asymmetry = worstAsymmetry,
            Flags = flags,
            NonFiniteProduct = Operator.NonFiniteProduct,
            Function = Operator.Function,
            Validity = Request.HasValidity
                ? EigenValidity.Of(
                    Operator.Function, Scaled(Ritz.Values), Ritz.Vectors, Tolerances.NoiseFloor(Ritz.Noise) * Ritz.Norm * scale, null, Operator.Cancellation)
                : EigenValidity.NotAsked,
        };

        double[] Scaled(double[] numbers) => [.. numbers.Select(number => number * scale)];
    }

    /// <summary>
    /// Distance to every eigenvalue outside the cluster. Found ones are known to their residual. Of the others it is known at least that none lies
    /// further out than the last wanted one: that is what completeness means.
    /// </summary>
    private double GapToOthers(int index, double[] values, double[] uncertainties, int[] groups)
    {
        double Key(int i) => SpectrumOrder.Key(Request.End, values[i]);
        var inside = Key(index) - Enumerable.Range(0, Count).Min(Key);
        return Enumerable.Range(0, values.Length).Where(i => groups[i] != groups[index])
            .Select(i => Math.Abs(values[i] - values[index]) - uncertainties[i] is var distance && i >= Count ? Math.Max(distance, inside) : distance)
            .Append(double.PositiveInfinity).Min();
    }

    /// <summary>Whether the noise of the products, not the tolerance, set what a pair other than a zero had to reach.</summary>
    private bool IsNoiseAboveTolerance(double value, double limit)
    {
        var floor = Tolerances.NoiseFloor(Ritz.Noise * Ritz.Norm);
        return limit <= floor && Math.Abs(value) > floor;
    }

    private bool IsCut(int[] groups, int group) => Enumerable.Range(Count, Others.Count).Any(other => groups[other] == group);
}

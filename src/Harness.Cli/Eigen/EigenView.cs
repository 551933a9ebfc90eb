using System.Diagnostics;
using Harness.Grading;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>What <c>harness eigen --json</c> prints; residuals are explicit, <c>‖Hv − λv‖</c> from fresh products.</summary>
internal sealed record EigenView(
    string Model, ulong ModelSeed, ulong Seed, string Disguise, string Data, long Parameters, long Samples, string Operator, bool OffGradient, string Which,
    string? Tensors, string Dtype, string Device, int Threads, string Solver, int Top, double Tol, long? MaxProducts,
    double[] Values, double[] Residuals, double[] ResidualLimits, double[] ValueBounds, double?[] AngleBounds,
    IReadOnlyList<IReadOnlyList<int>> Clusters, double?[]? ValidityRadius, ValidityView? Validity, double Noise, double Norm, double ZeroLevel,
    double Asymmetry, long Products, ProductSplit ProductSplit, long Gradients, EigenView.CompletenessView Completeness,
    EigenView.SecondsView Seconds, double PeakMemoryMiB, bool Converged, IReadOnlyList<string> Flags, IReadOnlyList<MeasuredRatio> Checks)
{
    /// <summary>How sure it is that nothing was missed: products of sweeps and proof, eigenvalues that a sweep found, and the verdict.</summary>
    internal sealed record CompletenessView(long Products, int Missed, Completeness Verdict);

    /// <summary>
    /// Wall time; validity and checks excluded. Making the operator walks over all samples once, its gradient's graph included, before there is a vector
    /// to multiply: it is neither the products' nor the solver's.
    /// </summary>
    /// <param name="Total">All of it.</param>
    /// <param name="Operator">Making the operator.</param>
    /// <param name="Products">Inside products.</param>
    /// <param name="Solver">The rest: Gram–Schmidt, small eigenproblems, restarts, the certificate.</param>
    internal sealed record SecondsView(double Total, double Operator, double Products, double Solver)
    {
        internal static SecondsView Of(double making, double solving, double products) => new(making + solving, making, products, solving - products);

        /// <summary>For a line of text.</summary>
        internal string Sentence() => FormattableString.Invariant($"{Total:F2} s, {Products / Total:P0} of it in products");
    }

    internal static EigenView Of(
        CurvatureSubject subject, EigenRequest request, string which, string solver, Eigenpairs pairs, EigenValidity? validity,
        IReadOnlyList<MeasuredRatio> checks, SecondsView seconds)
    {
        var (settings, landscape) = (subject.Settings, subject.Landscape);
        return new EigenView(
            subject.Model, settings.ModelSeed, request.Seed, (settings.Disguise ?? CaseDisguise.None).Label, landscape.Data.Name, landscape.Dimension, landscape.Data.Count,
            subject.Name, subject.OffGradient, which, subject.Tensors, settings.Dtype, settings.Device, settings.Threads, solver, request.Count,
            request.Tolerance, request.MaxProducts, pairs.Values, pairs.Residuals, pairs.ResidualLimits, pairs.ValueBounds, pairs.AngleBounds,
            [.. pairs.Clusters.Select(cluster => cluster.Members)], validity?.Radii is { } radii ? [.. radii.Select(radius => radius.Radius)] : null,
            validity is null ? null : ValidityView.Of(validity), pairs.Noise, pairs.Norm, pairs.ZeroLevel, pairs.Asymmetry, pairs.Products,
            pairs.Split, landscape.Gradients, new(pairs.Effort.SweepProducts + pairs.Effort.ProofProducts, pairs.Effort.Missed, pairs.Completeness), seconds,
            Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024), pairs.Converged, Names(pairs.Flags), checks);
    }

    /// <summary>The flags that are set, by name.</summary>
    private static IReadOnlyList<string> Names(EigenFlags flags) =>
        [.. Enum.GetValues<EigenFlags>().Where(flag => flag != EigenFlags.None && flags.HasFlag(flag)).Select(flag => flag.ToString())];
}

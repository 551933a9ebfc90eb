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

    /// <summary>Wall time: all, inside products, outside products; validity and checks excluded.</summary>
    internal sealed record SecondsView(double Total, double Products, double Solver);

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

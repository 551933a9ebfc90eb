using Harness.Grading;
using System.Diagnostics;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>What <c>harness eigen --json</c> prints; residuals are explicit, <c>‖Hv − λv‖</c> from fresh products.</summary>
internal sealed record EigenView(
    string Model, ulong ModelSeed, ulong Seed, string Disguise, string Data, long Parameters, long Samples, string Operator, string Which, string? Tensors,
    string Dtype, string Device, int Threads, string Solver, double Tol,
    double[] Values, double[] Residuals, double[] ValueBounds, double?[] AngleBounds, IReadOnlyList<IReadOnlyList<int>> Clusters,
    double[]? ValidityRadius, double Noise, double Norm, long Products, long Gradients, EigenView.CompletenessView Completeness,
    EigenView.SecondsView Seconds, double PeakMemoryMiB, bool Converged, IReadOnlyList<string> Flags)
{
    /// <summary>How sure it is that nothing was missed: products of sweeps and proof, eigenvalues that a sweep found, and the verdict.</summary>
    internal sealed record CompletenessView(long Products, int Missed, Completeness Verdict);

    /// <summary>Wall time: all, inside products, outside products.</summary>
    internal sealed record SecondsView(double Total, double Products, double Solver);

    internal static EigenView Of(CurvatureSubject subject, EigenRequest request, string solver, Eigenpairs pairs, SecondsView seconds)
    {
        var (settings, landscape) = (subject.Settings, subject.Landscape);
        return new EigenView(
            subject.Model, settings.ModelSeed, request.Seed, (settings.Disguise ?? CaseDisguise.None).Label, landscape.Data.Name, landscape.Dimension, landscape.Data.Count,
            subject.Name, request.End.ToString().ToLowerInvariant(), subject.Tensors, settings.Dtype, settings.Device, settings.Threads, solver,
            request.Tolerance, pairs.Values, pairs.Residuals, pairs.ValueBounds, pairs.AngleBounds, [.. pairs.Clusters.Select(cluster => cluster.Members)],
            null, pairs.Noise, pairs.Norm, pairs.Products, 1, new(pairs.Effort.SweepProducts + pairs.Effort.ProofProducts, pairs.Effort.Missed, pairs.Completeness), seconds,
            Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024), pairs.Converged, Names(pairs.Flags));
    }

    /// <summary>The flags that are set, by name.</summary>
    private static IReadOnlyList<string> Names(EigenFlags flags) =>
        [.. Enum.GetValues<EigenFlags>().Where(flag => flag != EigenFlags.None && flags.HasFlag(flag)).Select(flag => flag.ToString())];
}

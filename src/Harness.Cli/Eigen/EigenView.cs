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
    /// <summary>How sure it is that nothing was missed: products of the proof, copies that it found and locked (null: the solver does not count them), and the verdict.</summary>
    internal sealed record CompletenessView(long Products, int? Missed, Completeness Verdict);

    /// <summary>Wall time: all, inside products, outside products.</summary>
    internal sealed record SecondsView(double Total, double Products, double Solver);

    /// <summary>The flags that are set, by name.</summary>
    internal static IReadOnlyList<string> Names(EigenFlags flags) =>
        [.. Enum.GetValues<EigenFlags>().Where(flag => flag != EigenFlags.None && flags.HasFlag(flag)).Select(flag => flag.ToString())];
}

using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

internal static class Claims
{
    /// <summary>What a tool without certificates would claim: its residuals as bounds, every pair a cluster of its own, no angles.</summary>
    internal static Eigenpairs Of(
        ISymmetricOperator op, double[] values, Tensor vectors, double[]? residuals = null, double[]? valueBounds = null, double?[]? angleBounds = null)
    {
        residuals ??= new double[values.Length];
        var norm = values.Max(Math.Abs);
        return new Eigenpairs
        {
            Values = values,
            Vectors = vectors,
            Residuals = residuals,
            ResidualLimits = [.. values.Select(_ => new EigenRequest(1).Tolerance * norm)],
            ValueBounds = valueBounds ?? [.. residuals.Select(residual => residual + Tolerances.NoiseFloor(Tolerances.LeastNoise(op.Dimension)) * norm)],
            AngleBounds = angleBounds ?? new double?[values.Length],
            Clusters = [.. Enumerable.Range(0, values.Length).Select(i => new EigenCluster([i], false))],
            Products = 0,
            Effort = CompletenessEffort.None,
            Completeness = Completeness.Probable,
            Noise = Tolerances.LeastNoise(op.Dimension),
            Norm = norm,
            Asymmetry = 0,
            Flags = EigenFlags.None,
        };
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

internal sealed partial class LanczosRun
{
    /// <summary>
    /// Compares the found values with the most wanted eigenvalues of the written-out matrix, one by one: a missed one shifts all behind it.
    /// </summary>
    private bool Prove(RayleighRitz ritz)
    {
        _exact ??= AllEigenvalues();
        var found = SpectrumOrder.Inwards(_request.End, ritz.Values);
        var groups = EigenClustering.Groups(ritz.Values, ritz.Residuals, ritz.Noise * ritz.Norm);
        return Enumerable.Range(0, found.Length).All(i =>
        {
            var cluster = Enumerable.Range(0, found.Length).Where(j => groups[j] == groups[found[i]]);
            var residual = Math.Sqrt(cluster.Sum(j => ritz.Residuals[j] * ritz.Residuals[j]));
            var difference = SpectrumOrder.Key(_request.End, ritz.Values[found[i]]) - SpectrumOrder.Key(_request.End, _exact[i].Value);
            return Math.Abs(difference) <= residual + ritz.RoundingError + _exact[i].Uncertainty;
        });
    }

    /// <summary>All n eigenvalues of the written-out matrix, the most wanted first.</summary>
    private KnownValue[] AllEigenvalues()
    {
        using var scope = NewDisposeScope();
        _op.Purpose = ProductPurpose.Proof;
        var eigenvalues = Blocks.ToArray(linalg.eigvalsh(WrittenOut.Matrix(_op, null).Symmetric));
        _norm = Math.Max(_norm, eigenvalues.Max(Math.Abs));
        var error = Tolerances.DenseEigenvalue(_op.Dimension) * _norm;
        return [.. SpectrumOrder.Inwards(_request.End, eigenvalues).Select(i => new KnownValue(eigenvalues[i], error))];
    }
}

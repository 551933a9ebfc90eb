using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// ΔJ: how gradients of random output probes change with a displacement, <c>∇⟨c, f(θ0 + x)⟩ − ∇⟨c, f(θ0)⟩</c> for fixed Gaussian probes c over all samples and
/// outputs. Mixed second derivatives between parallel subnetworks vanish, so a displacement inside one of them gives rows inside it.
/// </summary>
internal sealed class DeltaJacobian
{
    /// <summary>Probes, and so rows.</summary>
    internal const int Probes = 100;

    private readonly LossLandscape _landscape;
    private readonly Tensor _center;
    private readonly Tensor _probes;

    /// <summary>Computes J(θ0). Tensors belong to the caller's dispose scope.</summary>
    internal DeltaJacobian(Model model, DataSet data, Tensor center, Decompositions.MethodContext context)
    {
        (_landscape, _center) = (new LossLandscape(model.Network, model.Loss, data, new LandscapeOptions(Device: context.Device)), center);
        using var scope = NewDisposeScope();
        using var jacobian = _landscape.Jacobian(center);
        var shape = new[] { Probes, jacobian.SampleCount, jacobian.OutputCount };
        OutputCount = jacobian.OutputCount;
        _probes = tensor(RandomSource.Named(context.Seed, "output probes").Gaussians(shape[0] * shape[1] * shape[2]), shape).MoveToOuterDisposeScope();
        Origin = jacobian.MultiplyTranspose(_probes).MoveToOuterDisposeScope();
    }

    /// <summary>Number of outputs per sample.</summary>
    internal long OutputCount { get; }

    /// <summary>J(θ0), <c>[100, P]</c>.</summary>
    internal Tensor Origin { get; }

    /// <summary>J(θ0 + x) − J(θ0), <c>[100, P]</c>; exactly zero at x = 0.</summary>
    internal Tensor At(Tensor displacement)
    {
        using var scope = NewDisposeScope();
        using var jacobian = _landscape.Jacobian(_center + displacement);
        return (jacobian.MultiplyTranspose(_probes) - Origin).MoveToOuterDisposeScope();
    }

    /// <summary>The top right singular vectors of rows, <c>[count, P]</c>, with all singular values, descending.</summary>
    internal static (Tensor Vectors, double[] Values) TopRight(Tensor rows, int count)
    {
        using var scope = NewDisposeScope();
        var (_, values, vectors) = linalg.svd(rows, false);
        var kept = Math.Min(count, vectors.shape[0]);
        return (vectors.narrow(0, 0, kept).clone().MoveToOuterDisposeScope(), values.data<double>().ToArray());
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Checks that planted subnetworks do not interact.</summary>
internal static class CouplingChecks
{
    /// <summary>Standard deviation of a perturbation's entries: far beyond where a second-order expansion would do.</summary>
    private const double Size = 0.1;

    /// <summary>
    /// <c>f(θ* + Σ δ_i) − f(θ*) = Σ [f(θ* + δ_i) − f(θ*)]</c> for random δ_i in S_i. So outputs are sums over subnetworks not only at θ*, and every mixed
    /// derivative of an output between two subnetworks vanishes, of any order.
    /// </summary>
    /// <param name="dataSet">A data set on which all subnetworks are used; default: the first.</param>
    internal static CertificateCheck Additive(int dataSet = 0) => new(
        "perturbing all subnetworks changes the outputs by the sum of what perturbing each does",
        model => Interaction(model, dataSet), Tolerances.SameOutputs, true, "largest absolute difference, relative to the largest change");

    /// <summary>
    /// <c>P_i H P_j = 0</c> for every two subnetworks, H the Hessian of the loss on the first data set. Written out: small models only.
    /// </summary>
    internal static CertificateCheck HessianBlocks() => new(
        "the loss's Hessian has no entries between subnetworks",
        CrossBlock, Tolerances.SameProduct(Tolerances.AssumedNoise64), true, "largest entry, relative to the largest of all");

    private static double Interaction(ToyModel model, int dataSet)
    {
        using var scope = NewDisposeScope();
        var random = RandomSource.Named(model.Seed, "certificate/perturbations");
        var length = model.Model.Network.Layout.Length;
        var outputs = Ablation.Outputs(model, dataSet);
        var (all, sum) = (zeros(length, float64), zeros_like(outputs));
        foreach (var planted in model.Truth.Subnetworks)
        {
            var step = planted.Subspace.Project(Size * tensor(random.Gaussians(length), [1, length])).squeeze(0);
            // Without takes its argument away.
            sum = sum + (Ablation.Without(model, step, dataSet) - outputs);
            all = all + step;
        }
        var together = Ablation.Without(model, all, dataSet) - outputs;
        return ((together - sum).abs().max() / sum.abs().max()).ToDouble();
    }

    private static double CrossBlock(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var hessian = Hessians.Matrix(model);
        var blocks = model.Truth.Subnetworks.Select(planted => planted.Subspace).ToArray();
        var largest = 0.0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var rows = blocks[i].Project(hessian);
            for (var j = 0; j < i; j++)
                largest = Math.Max(largest, blocks[j].Coordinates(rows.t()).abs().max().ToDouble());
        }
        return largest / hessian.abs().max().ToDouble();
    }
}

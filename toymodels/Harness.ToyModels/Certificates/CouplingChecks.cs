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
    /// The same for many subnetworks: for halves of them, by the bits of their numbers, so that every two are once on different sides. An interaction between
    /// two of them leaves the sum off by a random amount that is 0 with probability 0.
    /// </summary>
    internal static CertificateCheck AdditiveHalves() => new(
        "perturbing all subnetworks changes the outputs by the sum of what perturbing each of two halves does, for halves that part every two of them",
        InteractionOfHalves, Tolerances.SameOutputs, true, "largest absolute difference, relative to the largest change");

    /// <summary>
    /// <c>P_i H P_j = 0</c> for every two subnetworks, H the Hessian of the loss on the first data set. Written out: small models only.
    /// </summary>
    internal static CertificateCheck HessianBlocks() => new(
        "the loss's Hessian has no entries between subnetworks",
        CrossBlock, Tolerances.SameProduct(Tolerances.AssumedNoise64), true, "largest entry, relative to the largest of all");

    /// <summary>
    /// The same for large models, by products: <c>P_i H Σ_j v_j</c> for random v_j in the S_j of one half of the subnetworks, and every S_i of the other.
    /// Halves are by the bits of the subnetworks' numbers, so that every two are once on different sides; a block that is not 0 maps a random vector to 0
    /// with probability 0.
    /// </summary>
    internal static CertificateCheck HessianProbes() => new(
        "the loss's Hessian does not couple different subnetworks",
        CrossProbe, Tolerances.SameProduct(Tolerances.AssumedNoise64), true, "largest entry of P_i H v, relative to the largest of H v");

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

    private static double InteractionOfHalves(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var random = RandomSource.Named(model.Seed, "certificate/perturbations");
        var (planted, outputs) = (model.Truth.Subnetworks, Ablation.Outputs(model));
        var length = model.Model.Network.Layout.Length;
        var steps = planted.Select(one => one.Subspace.Project(Size * tensor(random.Gaussians(length), [1, length])).squeeze(0)).ToArray();
        var together = Ablation.Without(model, Sum(steps), 0) - outputs;
        return Bits(planted.Count).Select(bit =>
        {
            using var inner = NewDisposeScope();
            var halves = new[] { true, false }.Select(side => Ablation.Without(model, Sum(steps.Where((_, i) => IsOn(i, bit) == side)), 0) - outputs).ToArray();
            return ((together - halves[0] - halves[1]).abs().max() / together.abs().max()).ToDouble();
        }).Largest();
    }

    private static Tensor Sum(IEnumerable<Tensor> vectors) => vectors.Aggregate((left, right) => left + right);

    /// <summary>Enough bits to number so many subnetworks.</summary>
    private static int[] Bits(int count) => [.. Enumerable.Range(0, 31).TakeWhile(bit => 1 << bit < count)];

    private static double CrossProbe(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var planted = model.Truth.Subnetworks;
        var length = model.Model.Network.Layout.Length;
        var random = RandomSource.Named(model.Seed, "certificate/coupling");
        var bits = Bits(planted.Count);
        var probes = zeros([bits.Length, length], float64);
        for (var j = 0; j < planted.Count; j++)
        {
            var own = planted[j].Subspace.Project(tensor(random.Gaussians(length), [1, length])).squeeze(0);
            foreach (var bit in bits.Where(bit => IsOn(j, bit)))
                probes[bit] += own;
        }
        var products = Hessians.Products(model, probes);
        var crossed = planted.SelectMany((one, i) => bits.Where(bit => !IsOn(i, bit)).Select(bit => one.Subspace.Project(products[bit].unsqueeze(0)).abs().max().ToDouble()));
        return crossed.ToArray().Largest() / products.abs().max().ToDouble();
    }

    private static bool IsOn(int number, int bit) => (number >> bit & 1) == 1;

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

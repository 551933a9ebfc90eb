using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>What a disguise must keep, as numbers: each is the largest deviation, relative to the largest entry that was expected.</summary>
internal static class DisguiseChecks
{
    /// <summary>f(Tθ, x) against f(θ, x).</summary>
    internal static double Outputs(ToyModel model, ToyModel twin)
    {
        using var scope = NewDisposeScope();
        return Deviation(Outputs(twin), Outputs(model));
    }

    /// <summary>The gradient at Tθ against T⁻ᵀg, off the stationary point θ* and off every ReLU kink.</summary>
    internal static double Gradients(ToyModel model, ToyModel twin, Func<ILinearMap, Tensor, Tensor>? carry = null)
    {
        using var scope = NewDisposeScope();
        var (here, there) = Points(model, twin.Disguise!);
        var gradient = Landscape(model).Gradient(here).unsqueeze(0);
        // Deviations are relative: a network that knows its samples by heart has a small gradient, and a right one.
        Assert.True(gradient.norm().ToDouble() > 0);
        return Deviation(Landscape(twin).Gradient(there).unsqueeze(0), carry is null ? twin.Disguise!.ApplyInverseTranspose(gradient) : carry(twin.Disguise!, gradient));
    }

    /// <summary>H(Tθ)v against T⁻ᵀH(θ)T⁻¹v.</summary>
    internal static double Hessians(ToyModel model, ToyModel twin)
    {
        using var scope = NewDisposeScope();
        var map = twin.Disguise!;
        var (here, there) = Points(model, map);
        var vectors = Gaussian(model, "vectors", 2).reshape(2, -1);
        using var plain = Landscape(model).Hessian(here);
        using var disguised = Landscape(twin).Hessian(there);
        return Deviation(disguised.Multiply(vectors), map.ApplyInverseTranspose(plain.Multiply(map.ApplyInverse(vectors))));
    }

    /// <summary>T⁻¹(T·c_i) against c_i.</summary>
    internal static double Components(ToyModel twin)
    {
        using var scope = NewDisposeScope();
        var components = twin.Truth.Subnetworks.Select(planted => planted.Component?.unsqueeze(0)).OfType<Tensor>();
        return components.Select(component => Deviation(twin.Disguise!.ApplyInverse(twin.Disguise.Apply(component)), component)).DefaultIfEmpty(0).Max();
    }

    /// <summary>T⁻¹(T·S_i) against S_i, and whether vectors of S_i are carried to where T·S_i is.</summary>
    internal static double Truth(ToyModel twin)
    {
        using var scope = NewDisposeScope();
        var map = twin.Disguise!;
        return twin.Truth.Subnetworks.Select(planted =>
        {
            var carried = Subspaces.Transform(map, planted.Subspace, inverse: false);
            var back = Subspaces.Transform(map, carried, inverse: true);
            Assert.Equal(planted.Subspace.Dimension, back.Dimension);
            var probes = planted.Subspace.Embed(Gaussian(twin, planted.Name, 3).narrow(0, 0, 3 * planted.Subspace.Dimension).reshape(3, planted.Subspace.Dimension));
            if (map is MonomialMap && planted.Subspace is CoordinateSubspace axes)
                Assert.Equal(axes.Indices, ((CoordinateSubspace)back).Indices);
            return Math.Max(Deviation(back.Project(probes), probes), Deviation(carried.Project(map.Apply(probes)), map.Apply(probes)));
        }).DefaultIfEmpty(0).Max();
    }

    private static (Tensor Here, Tensor There) Points(ToyModel model, ILinearMap map)
    {
        var here = model.Model.Parameters + 0.1 * Gaussian(model, "shift", 1);
        return (here, map.Apply(here.unsqueeze(0)).squeeze(0));
    }

    private static Tensor Gaussian(ToyModel model, string purpose, int count) =>
        tensor(RandomSource.Named(model.Seed, $"disguise-checks/{purpose}").Gaussians(count * model.Model.Parameters.shape[0]));

    private static Tensor Outputs(ToyModel model) => model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs);

    private static LossLandscape Landscape(ToyModel model) => new(model.Model.Network, model.Model.Loss, model.DataSets[0]);

    private static double Deviation(Tensor actual, Tensor expected) => ((actual - expected).abs().max() / expected.abs().max()).ToDouble();
}

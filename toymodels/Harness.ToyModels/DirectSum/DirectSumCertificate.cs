using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Proves independence: outputs under ablation, Hessian blocks, union of spectra.</summary>
internal static class DirectSumCertificate
{
    internal static Certificate Of(DirectSumSpec spec) => new(
    [
        .. Enumerable.Range(0, spec.Blocks).Select(block => new CertificateCheck(
            $"ablating block {block} zeroes its outputs and leaves the others",
            model => AblationError(model, spec, block), 0, true, "largest absolute difference")),
        new("the Hessian has no entries between blocks", CrossBlock, 4 * Tolerances.UnitRoundoff64, true, "largest entry, relative to the largest of all"),
        new(
            "the spectrum is the union of the blocks' spectra, each from the block's own network",
            model => SpectrumError(model, spec), Tolerances.DenseEigenvalue(spec.Blocks * spec.PerBlock) + Tolerances.SameProduct(Tolerances.AssumedNoise64), true, "largest difference, relative to the norm"),
        ActivityChecks.Heard(),
        .. PartitionChecks.All(),
    ]);

    private static double AblationError(ToyModel model, DirectSumSpec spec, int block)
    {
        using var scope = NewDisposeScope();
        var ablated = Ablation.Without(model, model.Truth.Subnetworks[block].Component!);
        var mask = ones(spec.Blocks * spec.Outputs, dtype: float64);
        mask.narrow(0, block * spec.Outputs, spec.Outputs).zero_();
        return (ablated - Ablation.Outputs(model) * mask).abs().max().ToDouble();
    }

    private static double CrossBlock(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var hessian = Hessians.Matrix(model);
        var outside = hessian;
        foreach (var subnetwork in model.Truth.Subnetworks)
        {
            var rows = subnetwork.Subspace.Project(hessian.transpose(0, 1)).transpose(0, 1);
            outside = outside - subnetwork.Subspace.Project(rows);
        }
        return outside.abs().max().ToDouble() / hessian.abs().max().ToDouble();
    }

    private static double SpectrumError(ToyModel model, DirectSumSpec spec)
    {
        using var scope = NewDisposeScope();
        var whole = Spectra.Eigenvalues(Hessians.Matrix(model));
        var union = cat([.. Enumerable.Range(0, spec.Blocks).Select(block => Spectra.Eigenvalues(BlockHessian(model, spec, block)))], 0).sort().Values;
        return (whole - union).abs().max().ToDouble() / whole.abs().max().ToDouble();
    }

    /// <summary>The Hessian of a network that has this block and nothing else.</summary>
    private static Tensor BlockHessian(ToyModel model, DirectSumSpec spec, int block)
    {
        using var scope = NewDisposeScope();
        var whole = model.Model.Network.Layout;
        var tensors = whole.Split(Gauge.Undisguised(model, model.Model.Parameters));
        var names = DirectSum.Tensors(block);
        var layout = new ParameterLayout(names.Select(name => (name, whole[name].ShapeArray())));
        var network = new Network(layout, DirectSum.BlockOperations(block, "x"), $"y.{block}");
        var data = new DataSet(
            "block",
            model.DataSets[0].Inputs.narrow(1, block * spec.Inputs, spec.Inputs),
            model.DataSets[0].Targets.narrow(1, block * spec.Outputs, spec.Outputs));
        var parameters = layout.Flatten([.. names.Select(name => tensors[whole.IndexOf(name)])]);
        using var hessian = new LossLandscape(network, model.Model.Loss, data).Hessian(parameters);
        return hessian.Multiply(eye(layout.Length, dtype: float64)).MoveToOuterDisposeScope();
    }
}

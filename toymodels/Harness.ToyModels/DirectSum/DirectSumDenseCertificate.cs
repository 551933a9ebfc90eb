using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Proves that the dense network is the direct sum in other coordinates, block by block, and that its plants are independent.</summary>
internal static class DirectSumDenseCertificate
{
    internal static Certificate Of(DirectSumSpec spec) => new(
    [
        new("outputs turned back are the direct sum's", model => FunctionError(model, spec), Tolerances.SameOutputs, true, "largest absolute difference"),
        .. Enumerable.Range(0, spec.Blocks).Select(block => new CertificateCheck(
            $"ablating block {block} zeroes its outputs and leaves the others",
            model => AblationError(model, spec, block), Tolerances.SameOutputs, true, "largest absolute difference, outputs turned back")),
        new("the Hessian has no entries between blocks", model => CrossBlock(model, spec), Tolerances.SameGradients, true, "largest entry, relative to the largest of all"),
        new(
            "on the plants the spectrum is that of the direct sum", model => SpectrumError(model, spec), Tolerances.SameGradients, true,
            "largest difference, relative to the norm"),
        ActivityChecks.Heard(),
        new("components add up to θ*", SumError, Tolerances.SameEntries, true, "largest absolute difference"),
        // A zero that was rotated into place is one up to rounding.
        new("no weight is zero", LeastWeight, Tolerances.SameOutputs, false, "least absolute weight"),
    ]);

    private static double FunctionError(ToyModel model, DirectSumSpec spec)
    {
        using var scope = NewDisposeScope();
        return (TurnedBack(model, spec, Ablation.Outputs(model)) - Ablation.Outputs(DirectSum.Create(spec, model.Seed))).abs().max().ToDouble();
    }

    private static double AblationError(ToyModel model, DirectSumSpec spec, int block)
    {
        using var scope = NewDisposeScope();
        var mask = ones(spec.Blocks * spec.Outputs, dtype: float64);
        mask.narrow(0, block * spec.Outputs, spec.Outputs).zero_();
        var ablated = Ablation.Without(model, model.Truth.Subnetworks[block].Component!);
        return (TurnedBack(model, spec, ablated) - TurnedBack(model, spec, Ablation.Outputs(model)) * mask).abs().max().ToDouble();
    }

    private static double CrossBlock(ToyModel model, DirectSumSpec spec)
    {
        using var scope = NewDisposeScope();
        var hessian = OnPlants(model);
        var size = hessian.shape[0] / spec.Blocks;
        var outside = hessian.clone();
        for (var block = 0; block < spec.Blocks; block++)
            outside.narrow(0, block * size, size).narrow(1, block * size, size).zero_();
        return outside.abs().max().ToDouble() / hessian.abs().max().ToDouble();
    }

    private static double SpectrumError(ToyModel model, DirectSumSpec spec)
    {
        using var scope = NewDisposeScope();
        var expected = Spectra.Eigenvalues(Hessians.Matrix(DirectSum.Create(spec, model.Seed)));
        return (Spectra.Eigenvalues(OnPlants(model)) - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
    }

    private static double SumError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var sum = model.Truth.Subnetworks.Select(one => one.Component!).Aggregate((left, right) => left + right);
        return (Gauge.Disguised(model, sum) - model.Model.Parameters).abs().max().ToDouble();
    }

    private static double LeastWeight(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return model.Model.Parameters.abs().min().ToDouble();
    }

    /// <summary>BHBᵀ, where the rows of B are the planted directions, block after block.</summary>
    private static Tensor OnPlants(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var basis = cat([.. model.Truth.Subnetworks.Select(one => one.Subspace.Basis())], 0);
        return Hessians.Products(model, basis).matmul(basis.transpose(0, 1)).MoveToOuterDisposeScope();
    }

    private static Tensor TurnedBack(ToyModel model, DirectSumSpec spec, Tensor outputs) => outputs.matmul(DirectSumDense.OutputRotation(spec, model.Seed));
}

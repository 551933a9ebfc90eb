using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Proves the construction: outputs, what each function contributes, and that it is silent where its bit is off.</summary>
internal static class GatedFunctionsCertificate
{
    internal static Certificate Of(IReadOnlyList<ScalarFunction> functions) => new(
    [
        new(
            "outputs are Σ α_i·F̃_i(x)", model => Error(Ablation.Outputs(model), model, functions, Enumerable.Range(0, functions.Count)),
            Tolerances.SameOutputs, true, "largest absolute difference"),
        .. functions.Select((_, i) => new CertificateCheck(
            $"ablating function {i} changes the output by α_{i}·F̃_{i}(x)",
            model => AblationError(model, functions, i), Tolerances.SameOutputs, true, "largest absolute difference")),
        new(
            "outputs are targets up to the error of interpolation", model => Excess(model, functions), Tolerances.SameOutputs, true,
            "largest difference beyond Σ α_i·w²/8·max|F_i''|"),
        ActivityChecks.Silent(),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(),
        .. PartitionChecks.All(),
        PartitionChecks.Support(),
    ]);

    private static double AblationError(ToyModel model, IReadOnlyList<ScalarFunction> functions, int i)
    {
        using var scope = NewDisposeScope();
        return Error(Ablation.Outputs(model) - Ablation.Without(model, model.Truth.Subnetworks[i].Component!), model, functions, [i]);
    }

    /// <summary>Largest difference from the sum of some of the interpolants.</summary>
    private static double Error(Tensor outputs, ToyModel model, IReadOnlyList<ScalarFunction> functions, IEnumerable<int> chosen) =>
        outputs.contiguous().data<double>().ToArray().Zip(Rows(model))
            .Select(pair => Math.Abs(pair.First - chosen.Sum(i => pair.Second[i + 1] * functions[i].Interpolated(pair.Second[0])))).Largest();

    private static double Excess(ToyModel model, IReadOnlyList<ScalarFunction> functions)
    {
        using var scope = NewDisposeScope();
        var differences = (Ablation.Outputs(model) - model.DataSets[0].Targets).abs().contiguous().data<double>().ToArray();
        return differences.Zip(Rows(model))
            .Select(pair => pair.First - functions.Select((function, i) => pair.Second[i + 1] * function.InterpolationBound).Sum()).Largest();
    }

    /// <summary>Inputs (x, α) of the data set.</summary>
    private static IEnumerable<double[]> Rows(ToyModel model)
    {
        var inputs = model.DataSets[0].Inputs;
        return inputs.contiguous().data<double>().ToArray().Chunk((int)inputs.shape[1]);
    }
}

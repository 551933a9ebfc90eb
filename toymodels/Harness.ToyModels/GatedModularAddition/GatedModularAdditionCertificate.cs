using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Proves the gated closed form: logits, the effect of every frequency, and that a frequency is silent where its bit is off.</summary>
internal static class GatedModularAdditionCertificate
{
    internal static Certificate Of(ModularAdditionSpec spec, IReadOnlyList<int> frequencies) => new(
    [
        new(
            "logits are (M/2)·Σ α_f·cos(2πf(a + b − q)/p)",
            model => Error(Ablation.Outputs(model), model, spec, frequencies, [.. frequencies.Select((_, k) => k)]),
            Tolerances.SameOutputs, true, "largest absolute difference"),
        .. frequencies.Select((frequency, k) => new CertificateCheck(
            $"ablating frequency {frequency} changes the logits by (M/2)·α·cos(2π·{frequency}·(a + b − q)/p)",
            model => AblationError(model, spec, frequencies, k), Tolerances.SameOutputs, true, "largest absolute difference")),
        new("every pair is classified correctly", model => Classification.Accuracy(model), 1, false, "accuracy"),
        new("without any bit the logits are 0", SilentError, 0, true, "largest absolute logit"),
        ActivityChecks.Silent(),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(),
        .. PartitionChecks.All(),
        // A cosine of phase 2πm/M is 0 at residue 0 where 4m = ±M: a zero that has an owner.
        .. spec.UnitsPerFrequency % 4 == 0 ? (IEnumerable<CertificateCheck>)[] : [PartitionChecks.Support()],
    ]);

    private static double AblationError(ToyModel model, ModularAdditionSpec spec, IReadOnlyList<int> frequencies, int k)
    {
        using var scope = NewDisposeScope();
        var change = Ablation.Outputs(model) - Ablation.Without(model, model.Truth.Subnetworks[k].Component!);
        return Error(change, model, spec, frequencies, [k]);
    }

    private static double SilentError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        using var nograd = no_grad();
        var inputs = model.DataSets[0].Inputs.clone();
        inputs.narrow(1, 2, inputs.shape[1] - 2).zero_();
        return model.Model.Network.Forward(model.Model.Parameters, inputs).abs().max().ToDouble();
    }

    /// <summary>Largest difference of logits from the closed form with some of the frequencies.</summary>
    private static double Error(Tensor logits, ToyModel model, ModularAdditionSpec spec, IReadOnlyList<int> frequencies, int[] chosen)
    {
        var (p, width) = (spec.Modulus, 2 + frequencies.Count);
        var inputs = model.DataSets[0].Inputs.data<long>().ToArray();
        var measured = logits.contiguous().data<double>().ToArray();
        return Enumerable.Range(0, measured.Length).Select(i =>
        {
            var row = inputs.AsSpan(i / p * width, width);
            var (shift, sum) = ((int)(row[0] + row[1]) - i % p, 0.0);
            foreach (var k in chosen)
                sum += row[2 + k] * spec.Logit([frequencies[k]], shift);
            return Math.Abs(measured[i] - sum);
        }).Largest();
    }
}

using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Proves the closed form: logits, the effect of every frequency, accuracy and margin. Where phases are random or units ReLU there is no closed form of
/// the logits; what is left is that the frequencies share nothing, and that each acts in its own Fourier plane.
/// </summary>
internal static class ModularAdditionCertificate
{
    /// <summary>
    /// A logit is a sum of M|F| products of size at most 4; measured error ≤ 3e-14, so this is far from both rounding and any missing term, which is of
    /// order 1.
    /// </summary>
    private const double Limit = Tolerances.SameOutputs;

    internal static Certificate Of(ModularAdditionSpec spec, IReadOnlyList<int> frequencies) => new(
    [
        .. spec.HasRandomPhases || spec.IsRectified ? [] : ClosedFormChecks(spec, frequencies),
        new("ablating a frequency moves the logits within its Fourier plane only", PlaneError, Limit, true, "largest absolute change outside"),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(),
        .. PartitionChecks.All(),
    ]);

    private static IEnumerable<CertificateCheck> ClosedFormChecks(ModularAdditionSpec spec, IReadOnlyList<int> frequencies) =>
    [
        new("logits are (M/2)·Σ cos(2πf(a + b − q)/p)", model => LogitError(model, spec, frequencies), Limit, true, "largest absolute difference"),
        .. frequencies.Select((frequency, index) => new CertificateCheck(
            $"ablating frequency {frequency} changes the logits by (M/2)·cos(2π·{frequency}·(a + b − q)/p)",
            model => AblationError(model, spec, index, frequency), Limit, true, "largest absolute difference")),
        new("every pair is classified correctly", model => Classification.Accuracy(model), 1, false, "accuracy"),
        new("the least margin is (M/2)·min_d Σ (1 − cos(2πfd/p))", model => MarginError(model, spec, frequencies), Limit, true, "absolute difference"),
    ];

    private static double PlaneError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var outputs = Ablation.Outputs(model);
        return model.Truth.Subnetworks
            .Select(planted => planted.EffectSubspace!.ProjectOff(outputs - Ablation.Without(model, planted.Component!)).abs().max().ToDouble()).Largest();
    }

    private static double LogitError(ToyModel model, ModularAdditionSpec spec, IReadOnlyList<int> frequencies)
    {
        using var scope = NewDisposeScope();
        return (Ablation.Outputs(model) - ClosedForm(spec, frequencies)).abs().max().ToDouble();
    }

    private static double AblationError(ToyModel model, ModularAdditionSpec spec, int index, int frequency)
    {
        using var scope = NewDisposeScope();
        var change = Ablation.Outputs(model) - Ablation.Without(model, model.Truth.Subnetworks[index].Component!);
        return (change - ClosedForm(spec, [frequency])).abs().max().ToDouble();
    }

    private static double MarginError(ToyModel model, ModularAdditionSpec spec, IReadOnlyList<int> frequencies)
    {
        var measured = Classification.LeastMargin(model);
        var expected = Enumerable.Range(1, spec.Modulus - 1).Min(shift => spec.Logit(frequencies, 0) - spec.Logit(frequencies, shift));
        return Math.Abs(measured - expected);
    }

    /// <summary><c>[p², p]</c> for the pairs in the data set's order.</summary>
    private static Tensor ClosedForm(ModularAdditionSpec spec, IReadOnlyList<int> frequencies)
    {
        var p = spec.Modulus;
        var byShift = Enumerable.Range(0, 3 * p).Select(shift => spec.Logit(frequencies, shift - p)).ToArray();
        var logits = new double[p * p * p];
        for (var i = 0; i < logits.Length; i++)
            logits[i] = byShift[i / (p * p) + i / p % p - i % p + p];
        return tensor(logits, [p * p, p]);
    }
}

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
    /// A logit is a sum of M|F| products of size at most 4; measured error ≤ 3e-14, and 3e-13 with all 48 frequencies of p = 97: far from any missing term, which is of
    /// order 1.
    /// </summary>
    private const double Limit = Tolerances.SameOutputs;

    /// <summary>From so many frequencies on, all of them are taken out in one check, each once: a forward pass takes long there.</summary>
    private const int Many = 9;

    internal static Certificate Of(ModularAdditionSpec spec, IReadOnlyList<int> frequencies)
    {
        var (hasClosedForm, isMany) = (!spec.HasRandomPhases && !spec.IsRectified, frequencies.Count >= Many);
        return new(
        [
            .. hasClosedForm ? ClosedFormChecks(spec, frequencies, isMany ? Sweep(spec, frequencies) : EachAblation(spec, frequencies)) : [],
            .. spec.LeastAccuracy > 0 ? (IEnumerable<CertificateCheck>)[LeastAccuracy(spec)] : [],
            // A frequency's cosine, to 1e-12 on every pair, lies in its plane and is M/2 at the sum: the sweep has said both.
            .. hasClosedForm && isMany ? (IEnumerable<CertificateCheck>)[] : [Plane(), ActivityChecks.Heard()],
            isMany ? CouplingChecks.AdditiveHalves() : CouplingChecks.Additive(),
            .. PartitionChecks.All(),
        ]);
    }

    private static IEnumerable<CertificateCheck> ClosedFormChecks(
        ModularAdditionSpec spec, IReadOnlyList<int> frequencies, IEnumerable<CertificateCheck> ablations) =>
    [
        new("logits are (M/2)·Σ cos(2πf(a + b − q)/p)", model => LogitError(model, spec, frequencies), Limit, true, "largest absolute difference"),
        .. ablations,
        new("every pair is classified correctly", model => Classification.Accuracy(model), 1, false, "accuracy"),
        new("the least margin is (M/2)·min_d Σ (1 − cos(2πfd/p))", model => MarginError(model, spec, frequencies), Limit, true, "absolute difference"),
    ];

    private static IEnumerable<CertificateCheck> EachAblation(ModularAdditionSpec spec, IReadOnlyList<int> frequencies) =>
        frequencies.Select((frequency, index) => new CertificateCheck(
            $"ablating frequency {frequency} changes the logits by (M/2)·cos(2π·{frequency}·(a + b − q)/p)",
            model => AblationError(model, spec, [(index, frequency)]), Limit, true, "largest absolute difference"));

    private static IEnumerable<CertificateCheck> Sweep(ModularAdditionSpec spec, IReadOnlyList<int> frequencies) =>
    [
        new(
            "ablating any one frequency f changes the logits by (M/2)·cos(2πf(a + b − q)/p)",
            model => AblationError(model, spec, [.. frequencies.Select((frequency, index) => (index, frequency))]), Limit, true,
            $"largest absolute difference, {frequencies.Count} frequencies"),
    ];

    private static CertificateCheck LeastAccuracy(ModularAdditionSpec spec) =>
        new("pairs are classified correctly", model => Classification.Accuracy(model), spec.LeastAccuracy, false, "accuracy");

    private static CertificateCheck Plane() =>
        new("ablating a frequency moves the logits within its Fourier plane only", PlaneError, Limit, true, "largest absolute change outside");

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

    private static double AblationError(ToyModel model, ModularAdditionSpec spec, IReadOnlyList<(int Index, int Frequency)> chosen)
    {
        using var scope = NewDisposeScope();
        var outputs = Ablation.Outputs(model);
        return chosen.Select(one =>
        {
            using var inner = NewDisposeScope();
            var change = outputs - Ablation.Without(model, model.Truth.Subnetworks[one.Index].Component!);
            return (change - ClosedForm(spec, [one.Frequency])).abs().max().ToDouble();
        }).Largest();
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

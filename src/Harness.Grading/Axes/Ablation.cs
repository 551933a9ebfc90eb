using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What happens to the loss when a component is taken out of the network (necessity), or when only the components active on a sample are left in
/// (sufficiency). Tensors that the truth does not decompose stay as they are.
/// </summary>
/// <remarks>grading.md, axis 3. Read it beside the oracle's value.</remarks>
public static class Ablation
{
    /// <summary>
    /// Mean over planted subnetworks of the rise in loss on the inputs where one is active, when the component matched to it is taken out:
    /// <c>ℓ(θ* − p_j) − ℓ(θ*)</c>. One that was not found counts 0.
    /// </summary>
    public static AxisReading RiseOnActive(GradedAnswer answer) => Rise(answer, onActive: true);

    /// <summary>The same on the inputs where it is not active: nothing should happen there.</summary>
    public static AxisReading RiseOnInactive(GradedAnswer answer) => Rise(answer, onActive: false);

    /// <summary>
    /// Share of the loss recovered by the components that are active on a sample, <c>(L_zero − L_kept)/(L_zero − L_full)</c>: L_full with θ*, L_zero with none.
    /// At most 1: a lower loss than the network's own (larger logits, say) is no merit.
    /// Active means a claimed strength above 0; where nothing is claimed, the truth of the matched plant; always, where nothing was matched.
    /// </summary>
    public static AxisReading Sufficiency(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (Missing(answer) is { } reason)
            return AxisReading.Skip(reason);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var parts = new MaskedComponents(answer);
        var (zero, full) = (parts.LossOfNone(), parts.LossOfAll());
        return zero - full > 0 ? Math.Min(1, (zero - parts.Loss(new double[parts.Count])) / (zero - full)) : AxisReading.Skip("without all components the loss is no higher");
    }

    private static AxisReading Rise(GradedAnswer answer, bool onActive)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (Missing(answer) is { } reason)
            return AxisReading.Skip(reason);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var probe = new FunctionProbe(answer.Model, answer.DataSets);
        var full = probe.Losses(answer.Profile.Parameters).data<double>().ToArray();
        return AxisReading.Mean([.. Enumerable.Range(0, answer.Planted.Count).Select(Of)], "every planted subnetwork is active on all inputs");

        double? Of(int i)
        {
            var active = probe.Activity(answer.Planted[i]);
            int[] samples = [.. Enumerable.Range(0, active.Length).Where(k => active[k] == onActive)];
            return samples.Length == 0 ? null : answer.MatchOf(i)?.Component is { } component ? RiseOn(samples, component) : 0;
        }

        double RiseOn(int[] samples, Tensor component)
        {
            using var inner = NewDisposeScope();
            var ablated = probe.Losses(answer.Profile.Parameters - component * answer.Profile.DecomposedMask).data<double>().ToArray();
            return samples.Average(k => ablated[k] - full[k]);
        }
    }

    internal static string? Missing(GradedAnswer answer) =>
        answer.Planted.Count == 0 ? "the model plants no subnetwork" : answer.HasComponents ? null : "the answer has directions only";
}

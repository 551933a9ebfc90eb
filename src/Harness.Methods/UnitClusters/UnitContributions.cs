using Harness.Decompositions;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// What each hidden unit contributes to the outputs: <c>f(θ*) − f(θ* with the unit's outgoing weights at zero)</c>. In the last hidden layer this is
/// exactly the unit's activation times its outgoing weights; further down it is the effect of cutting the unit out of the network.
/// </summary>
internal static class UnitContributions
{
    /// <summary>Numbers held at once for one batch of samples; bounds memory, and has no effect on the answer beyond rounding.</summary>
    private const long EntriesAtOnce = 1 << 23;

    /// <summary>
    /// Inner products <c>[U, U]</c> of the contributions over samples × outputs:
    /// weighted means over the samples of each data set, averaged over sets.
    /// </summary>
    /// <param name="subject">The model and its data.</param>
    /// <param name="units">U units.</param>
    /// <param name="context">Progress and cancellation.</param>
    /// <remarks>For cross-entropy, contributions are centred over outputs: that loss cannot see a shift that is common to all logits.</remarks>
    internal static Tensor InnerProducts(Subject subject, IReadOnlyList<HiddenUnit> units, MethodContext context)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var target = device(context.Device);
        var sum = zeros([units.Count, units.Count], dtype: float64);
        foreach (var data in subject.DataSets)
        {
            var weights = data.Weights ?? ones([data.Count], dtype: float64);
            sum += OfSet(subject.Model, data, weights / weights.sum(), units, target, context) / subject.DataSets.Count;
        }
        return sum.MoveToOuterDisposeScope();
    }

    private static Tensor OfSet(
        Model model, DataSet data, Tensor weights, IReadOnlyList<HiddenUnit> units, Device device, MethodContext context)
    {
        var parameters = model.Parameters.to(device);
        var outgoing = units.Select(unit => tensor(unit.Outgoing.ToArray(), dtype: ScalarType.Int64).to(device)).ToArray();
        var sum = zeros([units.Count, units.Count], dtype: float64);
        var outputs = model.Network.Forward(parameters, data.Inputs.narrow(0, 0, 1)).shape[1];
        var batch = Math.Max(1, EntriesAtOnce / (outputs * units.Count));
        for (var start = 0L; start < data.Count; start += batch)
        {
            using var inner = NewDisposeScope();
            var length = Math.Min(batch, data.Count - start);
            var inputs = data.Inputs.narrow(0, start, length);
            var whole = model.Network.Forward(parameters, inputs);
            var contributions = new Tensor[units.Count];
            for (var unit = 0; unit < units.Count; unit++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                contributions[unit] = whole - model.Network.Forward(parameters.index_fill(0, outgoing[unit], 0), inputs);
            }
            var stacked = stack(contributions);
            if (model.Loss.Kind == LossKind.CrossEntropy)
                stacked -= stacked.mean([2], true);
            stacked = (stacked * weights.narrow(0, start, length).sqrt().to(device).reshape(1, -1, 1)).reshape(units.Count, -1);
            sum.add_(stacked.matmul(stacked.transpose(0, 1)).cpu());
            context.Progress?.Report((double)(start + length) / data.Count);
        }
        return sum;
    }
}

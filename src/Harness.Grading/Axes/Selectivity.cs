using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Whether moving θ* along what was found changes the outputs where the matched plant is used, and nowhere else. The step along ±w is such that the outputs
/// move by a tenth of their standard deviation on the inputs where the plant is active: <c>1 − (mean change on inactive)/(mean change on active)</c>; for a
/// plant that is always active, the share of the change inside its effect subspace.
/// </summary>
/// <remarks>
/// grading.md, axis 2. w is the direction of the matched subspace that matters most for the plant, or else the matched component. Mean over planted
/// subnetworks that are active on a sample; one that was not found, or along which no step up to a tenth of ‖θ*‖ moves the outputs enough (flat), counts 0, and so does less than 0.
/// </remarks>
public static class Selectivity
{
    /// <summary>Mean change of the outputs on active inputs, in standard deviations of the outputs.</summary>
    public const double Change = 0.1;

    /// <summary>Longest step, in ‖θ*‖.</summary>
    public const double LongestStep = 0.1;

    private const double Far = 5;

    /// <summary>With steps that change the outputs by a tenth of their standard deviation.</summary>
    public static AxisReading Read(GradedAnswer answer) => Mean(answer, Change, null);

    /// <summary>With five times that change: is the local picture valid further out?</summary>
    public static AxisReading ReadFar(GradedAnswer answer) => Mean(answer, Far * Change, null);

    /// <summary>With the part of w outside the last layer of parameters alone: an answer may be selective by writing to the outputs only.</summary>
    public static AxisReading ReadHidden(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var scope = NewDisposeScope();
        return HiddenMask(answer.Model.Network) is { } mask ? Mean(answer, Change, mask) : AxisReading.Skip("the network has one layer of parameters");
    }

    private static AxisReading Mean(GradedAnswer answer, double change, Tensor? mask)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.Profile.HasSeveral)
            return AxisReading.Skip($"the model plants {answer.Planted.Count} subnetwork(s)");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var probe = new FunctionProbe(answer.Model, answer.DataSets);
        var outputs = probe.Outputs(answer.Profile.Parameters);
        var target = change * (outputs - outputs.mean([0], true)).square().mean().sqrt().ToDouble();
        var perturbation = new Perturbation(probe, answer.Profile.Parameters, outputs);
        return AxisReading.Mean([.. Enumerable.Range(0, answer.Planted.Count).Select(Of)], "every planted subnetwork is active on all inputs and may move all outputs, or on none of those looked at");

        double? Of(int i)
        {
            answer.Cancellation.ThrowIfCancellationRequested();
            var activity = probe.Activity(answer.Planted[i]);
            // A plant that is used on none of the samples looked at says nothing of any answer.
            if (!activity.Contains(true) || (!activity.Contains(false) && answer.Planted[i].EffectSubspace is null))
                return null;
            var along = Along(answer, i);
            if (mask is not null)
                along = along is null ? null : along * mask;
            return along is not null && along.norm().ToDouble() > 0 ? perturbation.Selectivity(along, answer.Planted[i], target) ?? 0 : 0;
        }
    }

    private static Tensor? Along(GradedAnswer answer, int planted) => answer.MatchOf(planted) switch
    {
        { Directions: { Dimension: > 0 } directions } =>
            new Overlap(answer.Planted[planted].Subspace, directions).MostSensitive(answer.Profile.Sensitivities[planted]),
        { Component: { } component } => component * answer.Profile.DecomposedMask,
        _ => null,
    };

    /// <summary>1 on the parameters that the last operation with parameters does not read, <c>[P]</c>; null: there are none.</summary>
    private static Tensor? HiddenMask(Network network)
    {
        IEnumerable<string> Read(Operation operation) =>
            operation.Inputs.Concat(operation is WeightedOperation weighted ? [weighted.Weight, weighted.Bias ?? weighted.Weight] : [])
            .Where(network.Layout.Contains);
        var last = network.Operations.Select(operation => Read(operation).ToHashSet()).Last(names => names.Count > 0);
        if (network.Layout.All(slot => last.Contains(slot.Name)))
            return null;
        return cat([.. network.Layout.Select(slot => full(slot.Length, last.Contains(slot.Name) ? 0.0 : 1, float64))], 0);
    }
}

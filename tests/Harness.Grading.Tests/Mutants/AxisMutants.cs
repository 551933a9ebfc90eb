using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

// Faulty axes, each wrong in one step that a reader could overlook.

internal sealed class WhatWasMissedIsLeftOut : NaiveAxes
{
    protected override double Mean(IEnumerable<double?> values) => values.OfType<double>().DefaultIfEmpty(0).Average();

    protected override double? Missing(AxisCase seen, int i, Func<double[], bool[], double> agreement) => null;
}

/// <summary>As if the k-th subnetwork answered the k-th plant.</summary>
internal sealed class MatchedByPlace : NaiveAxes
{
    protected override int[] Matched(AxisCase seen) => [.. Enumerable.Range(0, seen.Profile.Count).Select(i => i < seen.Answer.Count ? i : -1)];
}

internal sealed class SelectivityAgainstAllInputs : NaiveAxes
{
    protected override bool[] Elsewhere(bool[] active) => [.. active.Select(_ => true)];
}

/// <summary>Inputs confused: the change where the plant is used, over itself.</summary>
internal sealed class SelectivityAtActiveInputs : NaiveAxes
{
    protected override bool[] Elsewhere(bool[] active) => active;
}

/// <summary>Moves along the truth instead of along what was found.</summary>
internal sealed class SelectivityOfTheTruth : NaiveAxes
{
    protected override Tensor Along(AxisCase seen, int i, int j) => seen.Profile.Truth.Subnetworks[i].Component!;
}

/// <summary>Moves along the direction that matters least.</summary>
internal sealed class SelectivityAlongTheLeast : NaiveAxes
{
    protected override long Chosen(long count) => 0;
}

internal sealed class SelectivityOnlyOfActive : NaiveAxes
{
    protected override double Leaked(double elsewhere, double active) => active > 0 ? 1 : 0;
}

internal sealed class NecessityOnAllInputs : NaiveAxes
{
    protected override bool[] Necessary(bool[] active) => [.. active.Select(_ => true)];
}

internal sealed class NecessityWithoutInactive : NaiveAxes
{
    protected override bool[] Unnecessary(bool[] active) => active;
}

internal sealed class ComponentAddedForNecessity : NaiveAxes
{
    protected override Tensor Without(Tensor theta, Tensor component) => theta + component;
}

/// <summary>The network without everything else, not without this.</summary>
internal sealed class ComponentKeptForNecessity : NaiveAxes
{
    protected override Tensor Without(Tensor theta, Tensor component) => component;
}

internal sealed class NecessityIsALoss : NaiveAxes
{
    protected override double Risen(double ablated, double full) => ablated;
}

internal sealed class SufficiencyIsALoss : NaiveAxes
{
    protected override double Recovered(double zero, double kept, double full) => 1 - kept;
}

internal sealed class SufficiencyAgainstZeroAlone : NaiveAxes
{
    protected override double Recovered(double zero, double kept, double full) => Math.Min(1, 1 - kept / zero);
}

internal sealed class SufficiencyWithoutLimit : NaiveAxes
{
    protected override double Recovered(double zero, double kept, double full) => (zero - kept) / (zero - full);
}

internal sealed class EverythingIsOn : NaiveAxes
{
    protected override bool IsOn(AxisCase seen, int j, int sample) => true;
}

internal sealed class ClaimsOfActivityIgnored : NaiveAxes
{
    protected override bool IsOn(AxisCase seen, int j, int sample) =>
        Array.IndexOf(Matched(seen), j) is >= 0 and var i ? seen.Active(i)[sample] : true;
}

internal sealed class AllOrNothingMasks : NaiveAxes
{
    protected override IEnumerable<double[]> Masks(int count) => [new double[count], [.. Enumerable.Repeat(1.0, count)]];
}

internal sealed class BestMask : NaiveAxes
{
    protected override double Worst(IEnumerable<double> losses) => losses.Min();
}

internal sealed class WeakestFirst : NaiveAxes
{
    protected override double Strength(double claimed) => -claimed;
}

internal sealed class TiesAreWins : NaiveAxes
{
    protected override double Tie => 1;
}

internal sealed class TiesAreLosses : NaiveAxes
{
    protected override double Tie => 0;
}

/// <summary>Samples of equal strength in the order in which they come.</summary>
internal sealed class PrecisionInOrderOfSamples : NaiveAxes
{
    protected override bool IsTaken(double[] strengths, int sample, int until) =>
        strengths[sample] > strengths[until] || (strengths[sample] == strengths[until] && sample <= until);
}

/// <summary>The energy that the components have, not what their sum lacks.</summary>
internal sealed class FaithfulnessOfEnergies : NaiveAxes
{
    protected override double Unfaithfulness(Tensor theta, Tensor[] components) =>
        Math.Abs(1 - components.Sum(p => p.square().sum().ToDouble()) / theta.square().sum().ToDouble());
}

internal sealed class FaithfulnessNotSquared : NaiveAxes
{
    protected override double Unfaithfulness(Tensor theta, Tensor[] components) => Math.Sqrt(base.Unfaithfulness(theta, components));
}

internal sealed class SharedTensorsDecomposed : NaiveAxes
{
    protected override Tensor Mask(AxisCase seen) => ones(seen.Model.Model.Parameters.shape[0], float64);
}

/// <summary>The share of samples on which a subnetwork is active, in the mean over subnetworks.</summary>
internal sealed class ActivityPerSubnetwork : NaiveAxes
{
    protected override double Activity(bool[][] active) => active.Average(one => one.Average(on => on ? 1.0 : 0));
}

internal sealed class EntropyOfSingularValues : NaiveAxes
{
    protected override double[] Weights(double[] singularValues) => singularValues;
}

internal sealed class CosineOfAllParameters : NaiveAxes
{
    protected override Tensor Inside(Tensor component, Tensor projector) => component;
}

internal sealed class CosineWithoutSign : NaiveAxes
{
    protected override double Cosine(double cosine) => Math.Abs(cosine);
}

/// <summary>As if APD's loss were a share of θ*.</summary>
internal sealed class MissingAsAShare : NaiveAxes
{
    protected override double Missing(AxisCase seen) => base.Missing(seen) / seen.Model.Model.Parameters.square().sum().ToDouble();
}

internal sealed class MeanOverAllParameters : NaiveAxes
{
    protected override double Decomposed(AxisCase seen) => seen.Model.Model.Parameters.shape[0];
}

internal sealed class ImportanceWithoutLimit : NaiveAxes
{
    protected override double Limited(double strength) => strength;
}

/// <summary>A large component counts on every input.</summary>
internal sealed class AttributionBySize : NaiveAxes
{
    protected override double Attribution(AxisCase seen, int j, int sample) => (seen.Answer[j].Component! * Mask(seen)).norm().ToDouble();
}

/// <summary>Equally many on each sample, not as many as there are on all together.</summary>
internal sealed class KeptOnEachSample : NaiveAxes
{
    protected override HashSet<(int, int)> Kept(double[,] scores, int count) =>
    [
        .. Pairs(scores).GroupBy(pair => pair.Item2).SelectMany(group =>
            group.OrderByDescending(pair => scores[pair.Item1, pair.Item2]).Take(count / scores.GetLength(1))),
    ];
}

internal sealed class LeastIsKept : NaiveAxes
{
    protected override HashSet<(int, int)> Kept(double[,] scores, int count) => [.. Pairs(scores).OrderBy(pair => scores[pair.Item1, pair.Item2]).Take(count)];
}

/// <summary>What the outputs are, with what all inputs have in common.</summary>
internal sealed class OutputsNotCentred : NaiveAxes
{
    protected override Tensor Cotangents(Tensor outputs) => outputs;
}

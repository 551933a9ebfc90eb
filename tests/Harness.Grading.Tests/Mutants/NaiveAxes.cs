using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// The axes a second time, straight from grading.md: every sample on its own, every mask, every pair of samples, every basis written out. Small models with one
/// data set only. The mutants override one step each.
/// </summary>
internal partial class NaiveAxes
{
    private const int Bisections = 40;

    public virtual double Read(string check, AxisCase seen)
    {
        using var scope = NewDisposeScope();
        return check switch
        {
            "selectivity" => Mean(Planted(seen).Select(i => Matched(seen)[i] is >= 0 and var j ? Selectivity(seen, i, j) : (double?)null)),
            "necessity.active" => Mean(Planted(seen).Select(i => Rise(seen, i, Necessary(seen.Active(i))))),
            "necessity.inactive" => Mean(Planted(seen).Select(i => Rise(seen, i, Unnecessary(seen.Active(i))))),
            "sufficiency" => Share(seen, MeanLoss(seen, new double[seen.Answer.Count])),
            "sufficiency.masks" => Share(seen, Worst(Masks(seen.Answer.Count).Select(mask => MeanLoss(seen, mask)))),
            "activity.auroc" => Mean(Planted(seen).Select(i => Agreement(seen, i, AreaUnderCurve))),
            "activity.precision" => Mean(Planted(seen).Select(i => Agreement(seen, i, Precision))),
            "faithfulness.sum" => Unfaithfulness(Theta(seen) * Mask(seen), [.. seen.Answer.Select(one => one.Component! * Mask(seen))]),
            "simplicity.active" => Activity([.. Enumerable.Range(0, seen.Answer.Count).Select(j => seen.Claimed(j)!.Select(strength => strength > 0).ToArray())]),
            "simplicity.rank" => seen.Answer.Average(one => Rank(seen.Model.Model.Network.Layout, one.Component! * Mask(seen))),
            "literature.mmcs" => Planted(seen).Average(i => Closest(seen, i).Cosine),
            "literature.ml2r" => Planted(seen).Average(i => Closest(seen, i).Ratio),
            "literature.l3d-reconstruction" => Reconstruction(seen),
            "literature.apd-faithfulness" => Missing(seen),
            "literature.apd-minimality" => Minimality(seen),
            "literature.spd-faithfulness" => Missing(seen) / Decomposed(seen),
            "literature.spd-minimality" => Importance(seen),
            _ => throw new ArgumentException($"No axis is named '{check}'.", nameof(check)),
        };
    }

    /// <summary>What was not found counts 0.</summary>
    protected virtual double Mean(IEnumerable<double?> values) => values.Average(value => value ?? 0);

    protected virtual int[] Matched(AxisCase seen) => seen.Matched();

    // Selectivity

    protected virtual Tensor Along(AxisCase seen, int i, int j)
    {
        if (seen.Answer[j].Directions is not { } directions)
            return seen.Answer[j].Component! * Mask(seen);
        var (rows, projector) = (directions.Basis(), Projector(seen, i));
        var inside = rows.matmul(projector);
        var (_, vectors) = linalg.eigh(inside.matmul(NaiveRecovery.Gram(seen.Model, i)).matmul(inside.t()));
        return vectors.select(1, Chosen(rows.shape[0])).matmul(rows);
    }

    /// <summary>Which of the ascending eigenvectors: the one that matters most.</summary>
    protected virtual long Chosen(long count) => count - 1;

    protected virtual bool[] Elsewhere(bool[] active) => [.. active.Select(on => !on)];

    protected virtual double Leaked(double elsewhere, double active) => Math.Max(0, 1 - elsewhere / active);

    private double Selectivity(AxisCase seen, int i, int j)
    {
        var (along, theta, outputs) = (Along(seen, i, j), Theta(seen), Outputs(seen, Theta(seen)));
        var unit = along / along.norm();
        var target = 0.1 * (outputs - outputs.mean([0])).square().mean().sqrt().ToDouble();
        var (least, step) = (0.0, 0.1 * theta.norm().ToDouble());
        double Change(bool[] where, double length) => Enumerable.Range(0, where.Length).Where(k => where[k]).Average(k =>
            new[] { 1, -1 }.Average(sign => (Outputs(seen, theta + unit * (sign * length)) - outputs)[k].square().mean().sqrt().ToDouble()));
        if (Change(seen.Active(i), step) < target)
            return 0;
        for (var k = 0; k < Bisections; k++)
            (least, step) = Change(seen.Active(i), (least + step) / 2) >= target ? (least, (least + step) / 2) : ((least + step) / 2, step);
        return Leaked(Change(Elsewhere(seen.Active(i)), step), Change(seen.Active(i), step));
    }

    // Necessity and sufficiency

    protected virtual bool[] Necessary(bool[] active) => active;

    protected virtual bool[] Unnecessary(bool[] active) => [.. active.Select(on => !on)];

    protected virtual Tensor Without(Tensor theta, Tensor component) => theta - component;

    protected virtual double Risen(double ablated, double full) => ablated - full;

    private double? Rise(AxisCase seen, int i, bool[] where)
    {
        if (Matched(seen)[i] is not (>= 0 and var j))
            return null;
        var (full, ablated) = (Losses(seen, Theta(seen)), Losses(seen, Without(Theta(seen), seen.Answer[j].Component! * Mask(seen))));
        return Enumerable.Range(0, full.Length).Where(k => where[k]).Average(k => Risen(ablated[k], full[k]));
    }

    /// <summary>Whether a subnetwork is on at a sample: as claimed, else as the truth of its plant, else always.</summary>
    protected virtual bool IsOn(AxisCase seen, int j, int sample) =>
        seen.Claimed(j) is { } strengths ? strengths[sample] > 0
        : Array.IndexOf(Matched(seen), j) is >= 0 and var i ? seen.Active(i)[sample] : true;

    protected virtual IEnumerable<double[]> Masks(int count) =>
        Enumerable.Range(0, 1 << count).Select(bits => Enumerable.Range(0, count).Select(j => (double)(bits >> j & 1)).ToArray());

    protected virtual double Worst(IEnumerable<double> losses) => losses.Max();

    protected virtual double Recovered(double zero, double kept, double full) => Math.Min(1, (zero - kept) / (zero - full));

    private double Share(AxisCase seen, double kept)
    {
        var shared = Theta(seen) * (1 - Mask(seen));
        return Recovered(Losses(seen, shared).Average(), kept, Losses(seen, Theta(seen)).Average());
    }

    private double MeanLoss(AxisCase seen, double[] mask) => Enumerable.Range(0, (int)seen.Model.DataSets[0].Count).Average(k =>
    {
        var parameters = Theta(seen) * (1 - Mask(seen));
        for (var j = 0; j < seen.Answer.Count; j++)
            parameters += seen.Answer[j].Component! * Mask(seen) * (IsOn(seen, j, k) ? 1 : mask[j]);
        return Losses(seen, parameters)[k];
    });

    // Activity

    protected virtual double Strength(double claimed) => claimed;

    protected virtual double Tie => 0.5;

    /// <summary>Samples taken up to and with one: all that are claimed at least as strongly.</summary>
    protected virtual bool IsTaken(double[] strengths, int sample, int until) => strengths[sample] >= strengths[until];

    private double? Agreement(AxisCase seen, int i, Func<double[], bool[], double> agreement) =>
        Matched(seen)[i] is >= 0 and var j ? agreement([.. seen.Claimed(j)!.Select(Strength)], seen.Active(i)) : Missing(seen, i, agreement);

    /// <summary>A plant that was not found is claimed by a constant.</summary>
    protected virtual double? Missing(AxisCase seen, int i, Func<double[], bool[], double> agreement) => agreement(new double[seen.Active(i).Length], seen.Active(i));

    private double AreaUnderCurve(double[] strengths, bool[] active) => (
        from a in Enumerable.Range(0, active.Length) where active[a]
        from b in Enumerable.Range(0, active.Length) where !active[b]
        select strengths[a] > strengths[b] ? 1 : strengths[a] == strengths[b] ? Tie : 0).Average();

    private double Precision(double[] strengths, bool[] active)
    {
        var samples = Enumerable.Range(0, active.Length).ToArray();
        return samples.Where(k => active[k]).Average(k => samples.Where(n => IsTaken(strengths, n, k)).Average(n => active[n] ? 1.0 : 0));
    }

    // Sums, ranks, cosines

    protected virtual double Unfaithfulness(Tensor theta, Tensor[] components) =>
        (theta - components.Aggregate((x, y) => x + y)).square().sum().ToDouble() / theta.square().sum().ToDouble();

    /// <summary>Active subnetworks of a sample, in the mean over samples.</summary>
    protected virtual double Activity(bool[][] active) => Enumerable.Range(0, active[0].Length).Average(k => active.Count(one => one[k]));

    protected virtual double[] Weights(double[] singularValues) => [.. singularValues.Select(value => value * value)];

    private double Rank(ParameterLayout layout, Tensor component) => layout
        .Select(slot => component.narrow(0, slot.Offset, slot.Length).reshape(slot.Shape.Count < 2 ? [1, -1] : [slot.Shape[0], -1]))
        .Where(matrix => matrix.norm().ToDouble() > 0)
        .Average(matrix =>
        {
            var weights = Weights(linalg.svdvals(matrix).data<double>().ToArray());
            return Math.Exp(-weights.Where(weight => weight > 0).Sum(weight => weight / weights.Sum() * Math.Log(weight / weights.Sum())));
        });

    protected virtual Tensor Inside(Tensor component, Tensor projector) => component.matmul(projector);

    protected virtual double Cosine(double cosine) => cosine;

    private (double Cosine, double Ratio) Closest(AxisCase seen, int i)
    {
        var planted = seen.Profile.Truth.Subnetworks[i].Component!;
        return seen.Answer.Select(one => Inside(one.Component! * Mask(seen), Projector(seen, i))).Select(inside =>
        {
            var length = inside.norm().ToDouble();
            return (Cosine: length > 0 ? Cosine(inside.dot(planted).ToDouble() / (length * planted.norm().ToDouble())) : 0, Ratio: length / planted.norm().ToDouble());
        }).MaxBy(one => one.Cosine);
    }

    // The network

    protected virtual Tensor Mask(AxisCase seen)
    {
        var layout = seen.Model.Model.Network.Layout;
        return layout.Flatten([.. layout.Select(slot => full(slot.ShapeArray(), seen.Model.Truth.DecomposedTensors.Contains(slot.Name) ? 1.0 : 0.0, float64))]);
    }

    private static IEnumerable<int> Planted(AxisCase seen) => Enumerable.Range(0, seen.Profile.Count);

    private static Tensor Theta(AxisCase seen) => seen.Model.Model.Parameters;

    private static Tensor Projector(AxisCase seen, int i)
    {
        var basis = seen.Profile.Truth.Subnetworks[i].Subspace.Basis();
        return basis.t().matmul(basis);
    }

    private static Tensor Outputs(AxisCase seen, Tensor parameters) => seen.Model.Model.Network.Forward(parameters, seen.Model.DataSets[0].Inputs);

    private static double[] Losses(AxisCase seen, Tensor parameters) =>
        seen.Model.Model.Loss.PerSample(Outputs(seen, parameters), seen.Model.DataSets[0].Targets).data<double>().ToArray();
}

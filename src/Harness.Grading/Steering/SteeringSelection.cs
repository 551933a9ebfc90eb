using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>
/// Chooses direction, sign and step by training data alone: the least accuracy on the set to ablate among steps that keep the kept set. All candidates are
/// screened on a part of the data with wide steps; the best few are followed on all of it with fine ones. Of each candidate the longest steps that keep the
/// kept set are sought and compared, because what is ablated falls with the step. What one constant answer scores is as low as matters: below it the step that costs the kept set least is best.
/// </summary>
public static class SteeringSelection
{
    /// <summary>
    /// Accuracy that a step may cost on the kept training set: 0.6 points, three tenths of what it may cost on held-out data, because what was fitted to
    /// training data flatters a step on them.
    /// </summary>
    public const double TrainDrop = 0.3 * SteeringCurve.CleanDrop;

    /// <summary>The wide steps, as shares of ‖θ*‖, each half as long again as the one before: directions differ in how far they can be followed.</summary>
    private static readonly double[] s_wide = [0.02, 0.03, 0.045, 0.0675, 0.1, 0.15, 0.225, 0.34, 0.5, 0.75];

    /// <summary>Fine steps between one wide step and the next.</summary>
    private const int FineSteps = 3;

    private const int Finalists = 4;

    private const int ScreenedSamples = 100;

    /// <summary>How many of a candidate's longest steps are compared: what is ablated may rise again beyond its lowest point.</summary>
    private const int Compared = 2;

    /// <summary>The wide grid of steps, without 0.</summary>
    /// <param name="norm">‖θ*‖.</param>
    public static IReadOnlyList<double> Lambdas(double norm) => [.. s_wide.Select(share => norm * share)];

    /// <summary>The best step; null if there are no candidates.</summary>
    /// <param name="network">The network.</param>
    /// <param name="candidates">Directions of length 1.</param>
    /// <param name="train">Training data; the mixed set plays no part.</param>
    /// <param name="drop">Accuracy that a step may cost on the kept set.</param>
    /// <param name="progress">Fractions 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    public static SteeringChoice? Choose(
        SteeredNetwork network, IReadOnlyList<SteeringDirection> candidates, SteeringSets train, double drop = TrainDrop,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(train);
        using var scope = TorchSharp.torch.NewDisposeScope();
        if (candidates.Count == 0)
            return null;
        var floor = ConstantAnswer(train.Ablate);
        var few = new SteeringSets(Part(train.Keep), Part(train.Ablate), null);
        var (fewOrigin, origin) = (network.At(candidates[0], 1, 0, few), network.At(candidates[0], 1, 0, train with { Mixed = null }));
        var wide = Lambdas(network.Norm);
        var screened = candidates.SelectMany(candidate => new[] { 1, -1 }.Select(sign => (candidate, sign))).ToList();
        List<SteeringChoice> choices = [];
        for (var i = 0; i < screened.Count; i++)
        {
            choices.Add(Best(network, screened[i].candidate, screened[i].sign, wide, s_wide.Length / 2, few, fewOrigin, drop, floor, cancellation));
            progress?.Report(0.8 * (i + 1) / screened.Count);
        }
        var finalists = choices.OrderBy(choice => Rank(choice, floor)).Take(Finalists).ToList();
        List<SteeringChoice> final = [];
        foreach (var finalist in finalists)
        {
            var fine = Fine(finalist.Lambda, wide);
            final.Add(Best(network, finalist.Direction, finalist.Sign, fine, fine.Count - FineSteps - 1, train, origin, drop, floor, cancellation));
            progress?.Report(0.8 + 0.2 * final.Count / finalists.Count);
        }
        return final.MinBy(choice => Rank(choice, floor));
    }

    private static SteeringChoice Best(
        SteeredNetwork network, SteeringDirection direction, int sign, IReadOnlyList<double> lambdas, int start, SteeringSets sets, SteeringPoint origin,
        double drop, double floor, CancellationToken cancellation)
    {
        var lost = new double?[lambdas.Count];
        bool Keeps(int at)
        {
            cancellation.ThrowIfCancellationRequested();
            lost[at] ??= origin.Keep.Accuracy - network.At(direction, sign, lambdas[at], sets.Keep).Accuracy;
            return lost[at] <= drop + Tolerances.EqualShares;
        }

        // Outwards from the start while the kept set is kept, else inwards until it is.
        var longest = start;
        if (Keeps(start))
            while (longest + 1 < lambdas.Count && Keeps(longest + 1))
                longest++;
        else
            while (longest >= 0 && !Keeps(longest))
                longest--;
        var best = new SteeringChoice(direction, sign, 0, 0, origin.Ablate.Accuracy);
        for (var at = longest; at >= 0; at--)
        {
            if (!Keeps(at))
                continue;
            var choice = new SteeringChoice(direction, sign, lambdas[at], lost[at]!.Value, network.At(direction, sign, lambdas[at], sets.Ablate).Accuracy);
            if (Rank(choice, floor).CompareTo(Rank(best, floor)) <= 0)
                best = choice;
            // A shorter step that ablates as much is better: so it goes on while nothing is left to ablate.
            if (longest - at + 1 >= Compared && choice.AblatedAccuracy > floor)
                break;
        }
        return best;
    }

    private static (double, double) Rank(SteeringChoice choice, double floor) => (Math.Max(choice.AblatedAccuracy, floor), choice.KeptDrop);

    /// <summary>The share of the most frequent label.</summary>
    private static double ConstantAnswer(DataSet data)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var labels = data.Targets.contiguous().data<long>().ToArray();
        var weights = data.Weights?.contiguous().data<double>().ToArray();
        return labels.Select((label, i) => (label, weight: weights?[i] ?? 1)).GroupBy(sample => sample.label).Max(group => group.Sum(sample => sample.weight))
            / (weights?.Sum() ?? labels.Length);
    }

    /// <summary>Fine steps from two wide ones before the screened step to one after it: on all of the data more or less may be lost than on a part.</summary>
    private static IReadOnlyList<double> Fine(double lambda, IReadOnlyList<double> wide)
    {
        var at = wide.ToList().IndexOf(lambda);
        var ends = wide.Skip(Math.Max(0, at - 2)).Take(at < 0 ? 1 : Math.Min(at, 2) + 2).ToList();
        if (at < 2)
            ends.Insert(0, ends[0] / 4);
        return [.. ends.Zip(ends.Skip(1)).SelectMany(pair => Enumerable.Range(0, FineSteps).Select(i => pair.First * Math.Pow(pair.Second / pair.First, (double)i / FineSteps))), ends[^1]];
    }

    private static DataSet Part(DataSet data)
    {
        var count = Math.Min(data.Count, ScreenedSamples);
        return new DataSet(data.Name, data.Inputs.narrow(0, 0, count), data.Targets.narrow(0, 0, count), data.Weights?.narrow(0, 0, count));
    }
}

using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>
/// Chooses direction, sign and step by training data alone: the least accuracy on the set to ablate among steps that keep the kept set. All candidates are
/// screened on a part of the data with wide steps; the best few are followed on all of it with fine ones.
/// </summary>
public static class SteeringSelection
{
    /// <summary>
    /// Accuracy that a step may cost on the kept training set: 1 point, half of what it may cost on held-out data, because what was fitted to training
    /// data flatters a step on them.
    /// </summary>
    public const double TrainDrop = SteeringCurve.CleanDrop / 2;

    /// <summary>The wide steps, as shares of ‖θ*‖, each half as long again as the one before: directions differ in how far they can be followed.</summary>
    private static readonly double[] s_wide = [0.02, 0.03, 0.045, 0.0675, 0.1, 0.15, 0.225, 0.34, 0.5, 0.75];

    /// <summary>Fine steps between one wide step and the next.</summary>
    private const int FineSteps = 3;

    private const int Finalists = 4;

    private const int ScreenedSamples = 150;

    /// <summary>Beyond this loss of accuracy on the kept set a direction is followed no further.</summary>
    private const double GivenUp = 0.1;

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
        var few = new SteeringSets(Part(train.Keep), Part(train.Ablate), null);
        var (fewOrigin, origin) = (network.At(candidates[0], 1, 0, few), network.At(candidates[0], 1, 0, train with { Mixed = null }));
        var wide = Lambdas(network.Norm);
        var screened = candidates.SelectMany(candidate => new[] { 1, -1 }.Select(sign => (candidate, sign))).ToList();
        List<SteeringChoice> choices = [];
        for (var i = 0; i < screened.Count; i++)
        {
            choices.Add(Best(network, screened[i].candidate, screened[i].sign, wide, few, fewOrigin, drop, cancellation));
            progress?.Report(0.8 * (i + 1) / screened.Count);
        }
        var finalists = choices.OrderBy(choice => choice.AblatedAccuracy).ThenBy(choice => choice.KeptDrop).Take(Finalists).ToList();
        List<SteeringChoice> final = [];
        foreach (var finalist in finalists)
        {
            final.Add(Best(network, finalist.Direction, finalist.Sign, Fine(finalist.Lambda, wide), train, origin, drop, cancellation));
            progress?.Report(0.8 + 0.2 * final.Count / finalists.Count);
        }
        return final.OrderBy(choice => choice.AblatedAccuracy).ThenBy(choice => choice.KeptDrop).FirstOrDefault();
    }

    private static SteeringChoice Best(
        SteeredNetwork network, SteeringDirection direction, int sign, IReadOnlyList<double> lambdas, SteeringSets sets, SteeringPoint origin,
        double drop, CancellationToken cancellation)
    {
        var best = new SteeringChoice(direction, sign, 0, 0, origin.Ablate.Accuracy);
        foreach (var lambda in lambdas)
        {
            cancellation.ThrowIfCancellationRequested();
            var lost = origin.Keep.Accuracy - network.At(direction, sign, lambda, sets.Keep).Accuracy;
            if (lost > GivenUp)
                break;
            if (lost > drop + Tolerances.EqualShares)
                continue;
            var ablated = network.At(direction, sign, lambda, sets.Ablate).Accuracy;
            if (ablated < best.AblatedAccuracy)
                best = new SteeringChoice(direction, sign, lambda, lost, ablated);
        }
        return best;
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

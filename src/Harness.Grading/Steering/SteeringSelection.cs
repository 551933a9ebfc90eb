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

    /// <summary>Longest step, as a share of ‖θ*‖.</summary>
    public const double LongestStep = 0.8;

    private const int WideSteps = 16;
    private const int FineFactor = 4;
    private const int Finalists = 6;
    private const int ScreenedSamples = 250;

    /// <summary>Beyond this loss of accuracy on the kept set a direction is followed no further.</summary>
    private const double GivenUp = 0.1;

    /// <summary>The wide grid of steps, without 0.</summary>
    /// <param name="norm">‖θ*‖.</param>
    public static IReadOnlyList<double> Lambdas(double norm) => [.. Enumerable.Range(1, WideSteps).Select(step => norm * LongestStep * step / WideSteps)];

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
        var few = new SteeringSets(Part(train.Keep), Part(train.Ablate), null);
        var wide = Lambdas(network.Norm);
        var screened = candidates.SelectMany(candidate => new[] { 1, -1 }.Select(sign => (candidate, sign))).ToList();
        List<SteeringChoice> choices = [];
        for (var i = 0; i < screened.Count; i++)
        {
            choices.Add(Best(network, screened[i].candidate, screened[i].sign, wide, few, drop, cancellation));
            progress?.Report(0.8 * (i + 1) / screened.Count);
        }
        var finalists = choices.OrderBy(choice => choice.AblatedAccuracy).ThenBy(choice => choice.KeptDrop).Take(Finalists).ToList();
        List<SteeringChoice> final = [];
        foreach (var finalist in finalists)
        {
            // Where the screening stopped is known to one wide step.
            var step = network.Norm * LongestStep / WideSteps;
            var fine = Enumerable.Range(1, 3 * FineFactor).Select(i => finalist.Lambda + step * ((double)i / FineFactor - 2)).Where(lambda => lambda > 0);
            final.Add(Best(network, finalist.Direction, finalist.Sign, [.. fine], train, drop, cancellation));
            progress?.Report(0.8 + 0.2 * final.Count / finalists.Count);
        }
        return final.OrderBy(choice => choice.AblatedAccuracy).ThenBy(choice => choice.KeptDrop).FirstOrDefault();
    }

    private static SteeringChoice Best(
        SteeredNetwork network, SteeringDirection direction, int sign, IReadOnlyList<double> lambdas, SteeringSets sets, double drop, CancellationToken cancellation)
    {
        var origin = network.At(direction, sign, 0, sets.Keep).Accuracy;
        var best = new SteeringChoice(direction, sign, 0, 0, network.At(direction, sign, 0, sets.Ablate).Accuracy);
        foreach (var lambda in lambdas)
        {
            cancellation.ThrowIfCancellationRequested();
            var lost = origin - network.At(direction, sign, lambda, sets.Keep).Accuracy;
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

    private static DataSet Part(DataSet data)
    {
        var count = Math.Min(data.Count, ScreenedSamples);
        return new DataSet(data.Name, data.Inputs.narrow(0, 0, count), data.Targets.narrow(0, 0, count), data.Weights?.narrow(0, 0, count));
    }
}

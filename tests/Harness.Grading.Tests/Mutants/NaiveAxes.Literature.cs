using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>What the papers minimise, sample by sample. The outputs are taken to be linear in the parameters, as those of <see cref="DiagonalPlant"/> are.</summary>
internal partial class NaiveAxes
{
    /// <summary>What is missing in the sum of the components, as a sum of squares.</summary>
    protected virtual double Missing(AxisCase seen) =>
        (seen.Answer.Aggregate(Theta(seen), (rest, one) => rest - one.Component!) * Mask(seen)).square().sum().ToDouble();

    /// <summary>N, the parameters that a mean is taken over.</summary>
    protected virtual double Decomposed(AxisCase seen) => Mask(seen).sum().ToDouble();

    protected virtual double Limited(double strength) => Math.Min(1, strength);

    private double Importance(AxisCase seen) => Samples(seen).Average(k => Enumerable.Range(0, seen.Answer.Count).Sum(j => Limited(seen.Claimed(j)![k])));

    /// <summary>How far component j moves the outputs of a sample.</summary>
    protected virtual double Attribution(AxisCase seen, int j, int sample) =>
        (Outputs(seen, Theta(seen) + seen.Answer[j].Component! * Mask(seen)) - Outputs(seen, Theta(seen)))[sample].square().mean().sqrt().ToDouble();

    /// <summary>The entries (component, sample) that are kept: the largest over all samples together.</summary>
    protected virtual HashSet<(int, int)> Kept(double[,] scores, int count) =>
    [
        .. Pairs(scores).Where(pair => scores[pair.Item1, pair.Item2] > 0).OrderByDescending(pair => scores[pair.Item1, pair.Item2]).Take(count),
    ];

    protected static IEnumerable<(int, int)> Pairs(double[,] scores) =>
        from j in Enumerable.Range(0, scores.GetLength(0)) from k in Enumerable.Range(0, scores.GetLength(1)) select (j, k);

    private double Minimality(AxisCase seen)
    {
        var scores = Scores(seen, (j, k) => Attribution(seen, j, k));
        var kept = Kept(scores, Planted(seen).Sum(i => seen.Active(i).Count(on => on)));
        return Samples(seen).Average(k =>
        {
            var parameters = Enumerable.Range(0, seen.Answer.Count).Where(j => kept.Contains((j, k)))
                .Aggregate(Theta(seen) * (1 - Mask(seen)), (sum, j) => sum + seen.Answer[j].Component! * Mask(seen));
            return (Outputs(seen, Theta(seen)) - Outputs(seen, parameters))[k].square().mean().ToDouble();
        });
    }

    /// <summary>What a sample's gradient is taken of: what the outputs are there beside what they are on average.</summary>
    protected virtual Tensor Cotangents(Tensor outputs) => outputs - outputs.mean([0], true);

    private double Reconstruction(AxisCase seen)
    {
        var cotangents = Cotangents(Outputs(seen, Theta(seen)));
        var gradients = Samples(seen).Select(k =>
        {
            var leaf = Theta(seen).clone().requires_grad_();
            return autograd.grad([Outputs(seen, leaf)[k].dot(cotangents[k])], [leaf])[0];
        }).ToArray();
        Tensor Share(int j, int k) => seen.Answer[j].Directions!.Project(gradients[k].unsqueeze(0))[0];
        var kept = Kept(Scores(seen, (j, k) => Share(j, k).norm().ToDouble()), gradients.Length);
        return Samples(seen).Sum(k => (gradients[k] - Enumerable.Range(0, seen.Answer.Count).Where(j => kept.Contains((j, k)))
            .Aggregate(zeros_like(gradients[k]), (sum, j) => sum + Share(j, k))).square().sum().ToDouble()) / gradients.Sum(g => g.square().sum().ToDouble());
    }

    private static double[,] Scores(AxisCase seen, Func<int, int, double> of)
    {
        var scores = new double[seen.Answer.Count, Samples(seen).Count()];
        foreach (var (j, k) in Pairs(scores))
            scores[j, k] = of(j, k);
        return scores;
    }

    private static IEnumerable<int> Samples(AxisCase seen) => Enumerable.Range(0, (int)seen.Model.DataSets[0].Count);
}

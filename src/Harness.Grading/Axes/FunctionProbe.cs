using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>What a network does on the samples of its data sets, at any parameters. Tensors belong to the dispose scope in which it is made.</summary>
internal sealed class FunctionProbe
{
    /// <summary>Samples taken of each data set, spaced evenly where there are more.</summary>
    internal const int MostSamples = 512;

    private readonly IReadOnlyList<(ActiveInputs Chosen, LossLandscape Landscape)> _sets;
    private readonly Network _network;
    private readonly Loss _loss;

    internal FunctionProbe(Model model, IReadOnlyList<DataSet> dataSets, int mostSamples = MostSamples)
    {
        // Weight decay is a property of the parameters and not of what the network does.
        (_network, _loss) = (model.Network, model.Loss with { WeightDecay = 0 });
        _sets = [.. dataSets.Select(set => new ActiveInputs(set, Spread(set.Count, mostSamples)))
            .Select(chosen => (chosen, new LossLandscape(model.Network, _loss, chosen.Select())))];
    }

    /// <summary>Number of samples, all data sets together.</summary>
    internal int Count => _sets.Sum(set => set.Chosen.Indices.Length);

    /// <summary>Outputs of all samples, set by set, <c>[N, outputs]</c>.</summary>
    internal Tensor Outputs(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        return cat([.. _sets.Select(set => set.Landscape.Outputs(parameters))], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Losses of all samples, unweighted, <c>[N]</c>.</summary>
    internal Tensor Losses(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        return cat([.. _sets.Select(set => _loss.PerSample(set.Landscape.Outputs(parameters), set.Landscape.Data.Targets))], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Whether a planted subnetwork is used on each sample; null where the truth does not say.</summary>
    internal bool?[] Activity(PlantedSubnetwork planted) =>
        [.. _sets.SelectMany(set => planted.Activity.TryGetValue(set.Chosen.Data.Name, out var active)
            ? set.Chosen.Indices.Select(k => (bool?)active[k])
            : set.Chosen.Indices.Select(_ => (bool?)null))];

    /// <summary>Claimed strength on each sample; null on data sets for which none is claimed.</summary>
    internal double?[] Activity(IReadOnlyDictionary<string, double[]> claimed) =>
        [.. _sets.SelectMany(set => claimed.TryGetValue(set.Chosen.Data.Name, out var strengths)
            ? set.Chosen.Indices.Select(k => (double?)strengths[k])
            : set.Chosen.Indices.Select(_ => (double?)null))];

    /// <summary>The network on some of the samples, in ascending order: for what differs from sample to sample.</summary>
    internal IEnumerable<LossLandscape> At(IReadOnlyList<int> samples)
    {
        var start = 0;
        foreach (var (chosen, _) in _sets)
        {
            var (first, length) = (start, chosen.Indices.Length);
            long[] here = [.. samples.Where(k => k >= first && k < first + length).Select(k => chosen.Indices[k - first])];
            start += length;
            if (here.Length > 0)
                yield return new LossLandscape(_network, _loss, (chosen with { Indices = here }).Select());
        }
    }

    private static long[] Spread(long count, int most) =>
        [.. Enumerable.Range(0, (int)Math.Min(count, most)).Select(k => count <= most ? k : (2 * k + 1) * count / (2L * most))];
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Checks that hold for every truth whose subnetworks share no parameters and whose components add up to θ*.</summary>
internal static class PartitionChecks
{
    private const int Probes = 4;

    /// <summary>Components add up to θ*; each lies in its own subspace; subspaces are mutually orthogonal.</summary>
    internal static IEnumerable<CertificateCheck> All() =>
    [
        new("components add up to θ* on the decomposed tensors", SumError, Tolerances.SameEntries, true, "largest absolute difference"),
        new("each component lies in its own subspace", Leak, 0, true, "largest absolute entry outside"),
        new("subspaces are mutually orthogonal", Overlap, 0, true, $"largest entry of P_i P_j v over {Probes} random v"),
    ];

    /// <summary>
    /// Every weight that is not 0 lies in exactly one subspace, and subspaces hold no others: for networks of which most weights are 0.
    /// </summary>
    internal static CertificateCheck Support() => new(
        "every non-zero weight lies in exactly one subspace, and every zero in none", SupportError, 0, true, "largest miscount");

    private static double SupportError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var layout = model.Model.Network.Layout;
        var ones = torch.ones(1, layout.Length, float64);
        var owners = zeros_like(ones);
        foreach (var planted in model.Truth.Subnetworks)
            owners = owners + planted.Subspace.Project(ones);
        // A zero that was disguised and undisguised again is one up to rounding.
        var support = Gauge.Undisguised(model, model.Model.Parameters).abs().gt(Tolerances.SameOutputs).to(float64);
        var miscounts = layout.Split((owners.squeeze(0) - support).abs());
        return model.Truth.DecomposedTensors.Select(name => miscounts[layout.IndexOf(name)].max().ToDouble()).Largest();
    }

    private static double SumError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var sum = zeros_like(model.Model.Parameters);
        foreach (var subnetwork in model.Truth.Subnetworks)
            sum = sum + (subnetwork.Component ?? throw new InvalidOperationException($"'{subnetwork.Name}' has no component."));
        var layout = model.Model.Network.Layout;
        var difference = layout.Split(Gauge.Disguised(model, sum) - model.Model.Parameters);
        return model.Truth.DecomposedTensors.Select(name => difference[layout.IndexOf(name)].abs().max().ToDouble()).Largest();
    }

    private static double Leak(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return model.Truth.Subnetworks
            .Select(subnetwork => subnetwork.Subspace.ProjectOff(subnetwork.Component!.unsqueeze(0)).abs().max().ToDouble()).Largest();
    }

    private static double Overlap(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var length = model.Model.Network.Layout.Length;
        var probes = tensor(RandomSource.Named(model.Seed, "certificate/probes").Gaussians(Probes * length), [Probes, length]);
        var planted = model.Truth.Subnetworks;
        if (planted.All(one => one.Subspace is CoordinateSubspace))
            return SharedCoordinates(planted, probes);
        var largest = 0.0;
        for (var i = 0; i < planted.Count; i++)
            for (var j = 0; j < i; j++)
                largest = Math.Max(largest, planted[i].Subspace.Project(planted[j].Subspace.Project(probes)).abs().max().ToDouble());
        return largest;
    }

    /// <summary>For index sets <c>P_i P_j v</c> is v on the indices that both have: one pass instead of one for every pair.</summary>
    private static double SharedCoordinates(IReadOnlyList<PlantedSubnetwork> planted, Tensor probes)
    {
        var owners = new int[probes.shape[1]];
        foreach (var index in planted.SelectMany(one => ((CoordinateSubspace)one.Subspace).Indices))
            owners[index]++;
        var shared = Enumerable.Range(0, owners.Length).Where(index => owners[index] > 1).Select(index => (long)index).ToArray();
        return shared.Length == 0 ? 0 : probes.index_select(1, tensor(shared)).abs().max().ToDouble();
    }
}

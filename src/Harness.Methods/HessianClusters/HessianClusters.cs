using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>hessian-clusters</c>: hidden units whose parameters the loss couples, |H_ij|, form one subnetwork. The graph of units is cut in two by its Fiedler vector
/// again and again, as long as a cut separates more than it severs. A baseline: it goes by coordinates, and a loss couples what the network keeps apart.
/// </summary>
/// <remarks>
/// M. Fiedler 1973; the cut is measured by J. Shi, J. Malik, "Normalized cuts and image segmentation", 2000. Exact where the Hessian is block diagonal.
/// Equivariant under permutations of units, not under rescaling.
/// </remarks>
public sealed class HessianClusters : IDecompositionMethod
{
    /// <summary>
    /// Largest normalised cut, 0 … 2, that is made. Nothing is severed at 0; halves of a graph without any structure have 1, so a cut is made where it severs
    /// less than half of that.
    /// </summary>
    private const double LargestCut = 0.5;

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "hessian-clusters", "1", "Cuts the graph of hidden units, coupled by |H_ij|, in two by its Fiedler vector, again and again. Up to 4,000 parameters.", IsStochastic: false);

    /// <inheritdoc/>
    public bool AppliesTo(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.Model.Network.Layout.Length <= DenseEigensolver.MaxDimension;
    }

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var (model, data) = (subject.Model, subject.DataSets[0]);
        var units = HiddenUnits.Find(model.Network, data.Inputs.narrow(0, 0, 1));
        if (units.Count == 0)
            return new Decomposition(Describe(), [], new Dictionary<string, string> { ["units"] = "0" }).MoveToOuterDisposeScope();
        var landscape = new LossLandscape(model.Network, model.Loss, data, new LandscapeOptions(Device: context.Device));
        using var hessian = landscape.Hessian(model.Parameters);
        var couplings = hessian.Multiply(eye(hessian.Dimension, dtype: ScalarType.Float64)).abs();
        context.Cancellation.ThrowIfCancellationRequested();
        var members = zeros([units.Count, hessian.Dimension], dtype: ScalarType.Float64);
        foreach (var (unit, index) in units.Select((unit, index) => (unit, index)))
            foreach (var entry in unit.Incoming.Concat(unit.Outgoing))
                members[index, entry] = 1;
        var affinity = members.matmul(couplings).matmul(members.t());
        affinity *= 1 - eye(units.Count, dtype: ScalarType.Float64);
        List<int[]> clusters = [];
        Cut(affinity, [.. Enumerable.Range(0, units.Count)], clusters);
        int[][] sorted = [.. clusters.Select(cluster => cluster.Order().ToArray()).OrderBy(cluster => cluster[0])];
        var masks = UnitClusters.Masks(units, sorted, model.Network.Layout.Length);
        var subnetworks = masks.Zip(sorted, (mask, cluster) =>
            UnitClusters.Block($"units {string.Join(" ", cluster.Select(unit => units[unit].Name))}", mask, model.Parameters));
        return new Decomposition(Describe(), [.. subnetworks], new Dictionary<string, string> { ["units"] = $"{units.Count}", ["largest cut"] = $"{LargestCut}" })
            .MoveToOuterDisposeScope();
    }

    /// <summary>Cuts a set of units for as long as there is a good cut, and lists what is left whole.</summary>
    private static void Cut(Tensor affinity, int[] units, List<int[]> clusters)
    {
        using var scope = NewDisposeScope();
        var index = tensor(units.Select(unit => (long)unit).ToArray());
        var own = affinity.index_select(0, index).index_select(1, index);
        if (units.Length < 2 || Sides(own) is not { } isLeft)
        {
            clusters.Add(units);
            return;
        }
        Cut(affinity, [.. units.Where((_, k) => isLeft[k])], clusters);
        Cut(affinity, [.. units.Where((_, k) => !isLeft[k])], clusters);
    }

    /// <summary>
    /// The best cut along the Fiedler vector, the second eigenvector of <c>I − D^(−½) A D^(−½)</c>, of all places to cut it in two; null: it severs too much.
    /// </summary>
    private static bool[]? Sides(Tensor affinity)
    {
        var degrees = affinity.sum(1);
        var floor = Tolerances.AssumedNoise64 * degrees.max().ToDouble();
        var count = (int)affinity.shape[0];
        if (floor == 0)
            return [.. Enumerable.Range(0, count).Select(k => k == 0)];
        var root = degrees.clamp_min(floor).sqrt();
        var laplacian = eye(count, dtype: ScalarType.Float64) - affinity / root.unsqueeze(1) / root;
        var (_, vectors) = linalg.eigh(laplacian);
        var fiedler = (vectors.select(1, 1) / root).contiguous().data<double>().ToArray();
        var (weights, volume) = (affinity.contiguous().data<double>().ToArray(), degrees.contiguous().data<double>().ToArray());
        int[] order = [.. Enumerable.Range(0, count).OrderBy(k => fiedler[k]).ThenBy(k => k)];
        var (least, place) = (double.PositiveInfinity, 0);
        for (var cut = 1; cut < count; cut++)
        {
            double Volume(IEnumerable<int> side) => Math.Max(side.Sum(k => volume[k]), floor);
            var (left, right) = (order[..cut], order[cut..]);
            var severed = left.Sum(i => right.Sum(j => weights[i * count + j]));
            if (severed / Volume(left) + severed / Volume(right) is var value && value < least)
                (least, place) = (value, cut);
        }
        if (least > LargestCut)
            return null;
        var chosen = order[..place].ToHashSet();
        return [.. Enumerable.Range(0, count).Select(chosen.Contains)];
    }
}

using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>unit-clusters</c>: hidden units whose contributions to the outputs are correlated over samples × outputs form one subnetwork. A subnetwork is
/// the coordinate block of all weights and hidden biases of its units; its component is θ* there and zero elsewhere.
/// </summary>
/// <remarks>
/// Units are found by <see cref="HiddenUnits"/>; clusters are the connected components of the graph whose edges are the
/// correlations above <see cref="UnitClusterOptions.Threshold"/>. A weight between units of two clusters belongs to neither, and
/// so does an output bias: no unit owns it. Units without any effect belong to no cluster. Equivariant under permutation and
/// positive rescaling of units, which leave contributions as they are.
/// </remarks>
public sealed class UnitClusters(UnitClusterOptions? options = null) : IDecompositionMethod
{
    /// <summary>A unit whose contribution is below this share of the largest has none: it is rounding (norms, not squares).</summary>
    private const double NoContribution = 1e-12;

    private readonly UnitClusterOptions _options = (options ?? new UnitClusterOptions()).Validated();

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "unit-clusters", "1", "Clusters hidden units by the correlation of their contributions to the outputs.", IsStochastic: false);

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var model = subject.Model;
        var units = HiddenUnits.Find(model.Network, subject.DataSets[0].Inputs.narrow(0, 0, 1));
        var clusters = units.Count == 0 ? [] : Clusters(UnitContributions.InnerProducts(subject, units, context), units.Count);
        var masks = Masks(units, clusters, model.Network.Layout.Length);
        var subnetworks = masks.Zip(clusters, (mask, cluster) =>
            Block($"units {string.Join(" ", cluster.Select(unit => units[unit].Name))}", mask, model.Parameters));
        return new Decomposition(
            Describe(), [.. subnetworks],
            new Dictionary<string, string> { ["units"] = $"{units.Count}", ["threshold"] = $"{_options.Threshold}" })
            .MoveToOuterDisposeScope();
    }

    private int[][] Clusters(Tensor innerProducts, int count)
    {
        var products = innerProducts.data<double>().ToArray();
        var norms = Enumerable.Range(0, count).Select(unit => Math.Sqrt(products[unit * count + unit])).ToArray();
        var floor = NoContribution * norms.Max();
        var alive = Enumerable.Range(0, count).Where(unit => norms[unit] > floor).ToArray();
        var sets = new DisjointSets();
        sets.Add(count);
        foreach (var i in alive)
            foreach (var j in alive)
                if (Math.Abs(products[i * count + j]) > _options.Threshold * norms[i] * norms[j])
                    sets.Union(i, j);
        return [.. alive.GroupBy(sets.Find).OrderBy(cluster => cluster.Key).Select(cluster => cluster.ToArray())];
    }

    /// <summary>The entries that touch units of one cluster only, cluster by cluster.</summary>
    internal static long[][] Masks(IReadOnlyList<HiddenUnit> units, int[][] clusters, long length)
    {
        const int Nobody = -1, Several = -2;
        var owners = new int[length];
        Array.Fill(owners, Nobody);
        for (var cluster = 0; cluster < clusters.Length; cluster++)
            foreach (var entry in clusters[cluster].SelectMany(unit => units[unit].Incoming.Concat(units[unit].Outgoing)))
                owners[entry] = owners[entry] == Nobody || owners[entry] == cluster ? cluster : Several;
        var entries = Enumerable.Range(0, owners.Length).ToLookup(entry => owners[entry], entry => (long)entry);
        return [.. Enumerable.Range(0, clusters.Length).Select(cluster => entries[cluster].ToArray())];
    }

    /// <summary>The coordinate block of some entries, and θ* there.</summary>
    internal static Subnetwork Block(string name, long[] entries, Tensor parameters)
    {
        var indices = tensor(entries, dtype: ScalarType.Int64);
        var component = zeros_like(parameters).index_copy(0, indices, parameters.index_select(0, indices));
        return new Subnetwork(name, new CoordinateSubspace(parameters.shape[0], entries), component);
    }
}

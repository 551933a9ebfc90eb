using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>functional-hessian</c> (methods.md M5): the finest split of the parameters into parts that only add up. With <c>M_c = ∇²_θ Σ⟨c, f⟩</c> for random c,
/// the eigenvectors of M₁ are pure where subnetworks are parallel; two of them belong together where M₂ couples them. Directions only.
/// </summary>
/// <remarks>
/// Algebra, not learning: exact on exactly parallel models even after any orthogonal change of all parameters, and it fades with the least coupling. A net
/// with one hidden layer is a sum over its units, so there the finest parts are units; a second step joins parts whose contributions to the outputs are
/// correlated. Not equivariant under rescaling.
/// </remarks>
/// <param name="joins">Whether parts with correlated contributions are joined; default true. False: the finest split.</param>
public sealed class FunctionalHessianClustering(bool joins = true) : IDecompositionMethod
{
    private readonly bool _joins = joins;

    /// <summary>Parts whose contributions are correlated above this belong together; as for hidden units, see <see cref="UnitClusterOptions.Threshold"/>.</summary>
    private static readonly double s_threshold = new UnitClusterOptions().Threshold;

    /// <summary>
    /// Couplings below this share of ‖M₂‖ are none. Eigenvectors of nearly equal eigenvalues carry rounding of up to η‖M‖ over their gap into each other: 1e-8
    /// leaves room for gaps down to 1e-6 of the norm.
    /// </summary>
    private const double NoCoupling = 1e-8;

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "functional-hessian", "1", "Parts of the parameters between which the outputs have no curvature: the finest additive split. Up to 4,000 parameters.", IsStochastic: true);

    /// <inheritdoc/>
    public bool AppliesTo(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.Model.Network.Layout.Length <= DenseEigensolver.MaxDimension;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are more parameters than a dense eigensolver takes.</exception>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var length = subject.Model.Network.Layout.Length;
        using var first = Curvature(subject, context, 1);
        var pairs = new DenseEigensolver().Solve(
            first, new EigenRequest((int)length, SpectrumEnd.Magnitude, Seed: context.Seed) { ProofDimension = 0, HasValidity = false }, context.Progress, context.Cancellation);
        var alive = pairs.Values.Count(value => Math.Abs(value) > pairs.ZeroLevel);
        var vectors = pairs.Vectors.narrow(0, 0, alive);
        var sets = new DisjointSets();
        sets.Add(alive);
        if (alive > 0)
            Connect(sets, subject, context, vectors);
        var parts = Enumerable.Range(0, alive).GroupBy(sets.Find).OrderBy(part => part.Key)
            .Select(part => vectors.index_select(0, tensor(part.Select(index => (long)index).ToArray())))
            .ToList();
        var joined = _joins ? Joined(subject, parts) : [.. Enumerable.Range(0, parts.Count).Select(part => new[] { part })];
        var subnetworks = joined.Select((group, index) => new Subnetwork(
            $"part {index}", DenseSubspace.Span(cat([.. group.Select(part => parts[part])], 0)))).ToList();
        return new Decomposition(Describe(), subnetworks, new Dictionary<string, string>
        {
            ["curved"] = $"{alive}", ["parameters"] = $"{length}", ["parts"] = $"{parts.Count}", ["verdict"] = joined.Count < parts.Count ? "split" : "whole",
        })
            .MoveToOuterDisposeScope();
    }

    /// <summary>Groups of parts by the correlation of what each adds to the outputs, <c>f(θ*) − f(θ* without its directions)</c>.</summary>
    private static List<int[]> Joined(Subject subject, IReadOnlyList<Tensor> parts)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var (model, inputs) = (subject.Model, subject.DataSets[0].Inputs);
        var whole = model.Network.Forward(model.Parameters, inputs);
        var rows = stack([.. parts.Select(part =>
        {
            var without = model.Parameters - part.matmul(model.Parameters).matmul(part);
            var contribution = whole - model.Network.Forward(without, inputs);
            // Cross-entropy cannot see what all logits have in common.
            return (model.Loss.Kind == LossKind.CrossEntropy ? contribution - contribution.mean([1], true) : contribution).reshape(-1);
        })]);
        var products = rows.matmul(rows.t()).contiguous().data<double>().ToArray();
        var sets = new DisjointSets();
        sets.Add(parts.Count);
        for (var i = 0; i < parts.Count; i++)
            for (var j = 0; j < i; j++)
                if (Math.Abs(products[i * parts.Count + j]) > s_threshold * Math.Sqrt(products[i * parts.Count + i] * products[j * parts.Count + j]))
                    sets.Union(i, j);
        return [.. Enumerable.Range(0, parts.Count).GroupBy(sets.Find).OrderBy(group => group.Key).Select(group => group.ToArray())];
    }

    private static void Connect(DisjointSets sets, Subject subject, MethodContext context, Tensor vectors)
    {
        using var scope = NewDisposeScope();
        using var second = Curvature(subject, context, 2);
        var count = (int)vectors.shape[0];
        var products = second.Multiply(vectors);
        var couplings = products.matmul(vectors.t()).contiguous().data<double>().ToArray();
        var norm = products.norm(1).max().ToDouble();
        for (var i = 0; i < count; i++)
            for (var j = 0; j < i; j++)
                if (Math.Abs(couplings[i * count + j]) > NoCoupling * norm)
                    sets.Union(i, j);
    }

    private static OutputHessianOperator Curvature(Subject subject, MethodContext context, int which)
    {
        using var scope = NewDisposeScope();
        var (model, data) = (subject.Model, subject.DataSets[0]);
        var landscape = new LossLandscape(model.Network, model.Loss, data, new LandscapeOptions(Device: context.Device));
        var outputs = landscape.Outputs(model.Parameters).shape[1];
        var cotangents = tensor(RandomSource.Named(context.Seed, $"cotangents {which}").Gaussians(data.Count * outputs), [data.Count, outputs]);
        return landscape.OutputHessian(model.Parameters, cotangents);
    }
}

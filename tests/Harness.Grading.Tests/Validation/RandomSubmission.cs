using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// What may be handed in: directions near a plant or anywhere, written as any rows; masks that overlap; components; mixtures of plants; and among them copies,
/// crumbs, zeros, enormous ones, rows that nearly depend on each other. Belongs to the dispose scope in which it is built.
/// </summary>
internal sealed class RandomSubmission
{
    private const int MostRows = 6;

    /// <summary>Least ratio of singular values at which the span of rows is known to a small part of <see cref="Tolerances.RecoveryIdentity"/>.</summary>
    private const int KnownExponent = 4;

    /// <summary>Ratio of singular values that any rank decision takes for none.</summary>
    private const int NoExponent = 18;

    private static readonly Dictionary<SmallPlant, Lazy<GradingCase>> s_plants = new()
    {
        [SmallPlant.Irregular] = new(() => GradingCase.Irregular),
        [SmallPlant.Sum] = new(() => GradingCase.Of("direct-sum")),
        [SmallPlant.Chains] = new(() => GradingCase.Of("deep-linear")),
        [SmallPlant.Fourier] = new(() => GradingCase.Of(new ModularAdditionSpec(5, 2))),
    };

    private readonly SubmissionSpec _spec;

    public RandomSubmission(SubmissionSpec spec)
    {
        _spec = spec;
        Random = new RandomSource((ulong)spec.Seed, 1000);
        var plain = s_plants[spec.Plant].Value;
        var kinds = plain.Model.AdmissibleDisguises;
        var disguise = kinds.Count == 0 ? 0 : spec.Disguise % (kinds.Count + 1);
        Seen = disguise == 0 ? plain : plain.Disguised(kinds[disguise - 1]);
        var subnetworks = new List<Subnetwork>();
        for (var j = 0; j < spec.Count; j++)
            subnetworks.Add(j > 0 && Random.NextInt32(6) == 0 ? subnetworks[Random.NextInt32(j)] : One(j));
        Subnetworks = subnetworks;
    }

    public GradingCase Seen { get; }

    public IReadOnlyList<Subnetwork> Subnetworks { get; }

    public RandomSource Random { get; }

    /// <summary>Whether all spans are known so well that another basis of the same span must give the same score.</summary>
    public bool IsWellPosed { get; private set; } = true;

    public long Length => Seen.Profile.Layout.Length;

    public Tensor Gaussian(params long[] shape) => tensor(Random.Gaussians(shape.Aggregate(1L, (product, size) => product * size)), shape);

    /// <summary>Recovery of directions and of components of an answer.</summary>
    public (double? Directions, double? Components) Scores(IReadOnlyList<Subnetwork> answer)
    {
        using var scope = NewDisposeScope();
        var columns = Seen.Grade(Decomposition(answer));
        return (columns[0].Score?.Value, columns[1].Score?.Value);
    }

    public static Decomposition Decomposition(IReadOnlyList<Subnetwork> answer) => new(new MethodInfo("random", "1", "", true), answer, new Dictionary<string, string>());

    private Subnetwork One(int j)
    {
        var kind = _spec.Kind == SubmissionKind.Mixture ? (SubmissionKind)Random.NextInt32(4) : _spec.Kind;
        Subspace? directions = kind switch
        {
            SubmissionKind.Directions or SubmissionKind.Mixture => new RawRows(Rows()),
            SubmissionKind.Masks => Mask(),
            _ => null,
        };
        return new Subnetwork($"{kind} {j}", directions, kind is SubmissionKind.Components or SubmissionKind.Mixture ? Component() : null, Activity());
    }

    private PlantedSubnetwork Planted() => Seen.Profile.Truth.Subnetworks[Random.NextInt32(Seen.Profile.Count)];

    /// <summary>Near one plant, between two, or anywhere; of any size; sometimes none, or one that nearly depends on another.</summary>
    private Tensor Rows()
    {
        var rank = 1 + Random.NextInt32(MostRows);
        var rows = Random.NextInt32(3) switch
        {
            0 => Gaussian(rank, Length),
            1 => Near(Planted(), rank) + Near(Planted(), rank),
            _ => Near(Planted(), rank) + Gaussian(rank, Length) * (Random.NextDouble(0, 0.3) / Math.Sqrt(Length)),
        };
        var size = Random.NextInt32(8) == 0 ? Math.Pow(10, Random.NextInt32(301) - 150) : 1;
        switch (Random.NextInt32(8))
        {
            case 0:
                rows = zeros_like(rows);
                break;
            case 1:
                var exponent = Random.NextInt32(24);
                IsWellPosed &= exponent is <= KnownExponent or >= NoExponent;
                rows = cat([rows.narrow(0, 0, 1), rows.narrow(0, 0, 1) + Gaussian(1, Length) * Math.Pow(10, -exponent)], 0);
                break;
        }
        return Push(rows) * size;
    }

    private Tensor Near(PlantedSubnetwork planted, int rank) => planted.Subspace.Embed(Gaussian(rank, planted.Subspace.Dimension));

    private CoordinateSubspace Mask() => Random.NextInt32(8) == 0
        ? CoordinateSubspace.Whole(Length)
        : new CoordinateSubspace(Length, [.. Random.Permutation((int)Length)[..Random.NextInt32((int)Length)].Order().Select(k => (long)k)]);

    private Tensor Component()
    {
        var component = (Planted().Component ?? Gaussian(Length)) + Gaussian(Length) * (Random.NextDouble(0, 0.5) / Math.Sqrt(Length));
        var size = Random.NextInt32(8) switch { 0 => 0, 1 => Math.Pow(10, Random.NextInt32(401) - 200), 2 => 1e-3, _ => Random.NextDouble(-2, 2) };
        return Push((component * size).unsqueeze(0)).squeeze(0);
    }

    private Dictionary<string, double[]>? Activity() => Random.NextInt32(6) switch
    {
        0 => Seen.Model.DataSets.ToDictionary(set => set.Name, set => new double[set.Count]),
        1 => Seen.Model.DataSets.ToDictionary(set => set.Name, set => Enumerable.Range(0, (int)set.Count).Select(_ => Random.NextDouble()).ToArray()),
        _ => null,
    };

    private Tensor Push(Tensor rows) => Seen.Model.Disguise is { } disguise ? disguise.Apply(rows) : rows;

    /// <summary>Rows that are handed in as a basis, whatever they are.</summary>
    internal sealed class RawRows(Tensor rows) : Subspace
    {
        public override long AmbientDimension => rows.shape[1];

        public override long Dimension => rows.shape[0];

        public override Tensor Coordinates(Tensor block) => block.matmul(rows.t());

        public override Tensor Embed(Tensor coordinates) => coordinates.matmul(rows);

        public override Tensor Basis() => rows.alias();
    }
}

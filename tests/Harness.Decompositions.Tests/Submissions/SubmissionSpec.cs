using Harness.Models;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Decompositions.Tests;

/// <summary>
/// A small random decomposition, rebuilt from its numbers. It mixes every kind of subnetwork: rows, masks, components,
/// activities, dead ones.
/// </summary>
public sealed record SubmissionSpec(int Subnetworks, int Directions, ulong Seed)
{
    public static ParameterLayout Layout { get; } = new([("p0", [3, 2]), ("p1", [4]), ("p2", [2, 1, 2])]);

    public static IReadOnlyDictionary<string, long> Samples { get; } = new Dictionary<string, long> { ["all"] = 5, ["half"] = 2 };

    public Decomposition Build()
    {
        var random = RandomSource.Named(Seed, "submission-spec");
        var subnetworks = Enumerable.Range(0, Math.Abs(Subnetworks % 5)).Select(k => One(k, random)).ToArray();
        return new Decomposition(new MethodInfo("spec", "7", "Random.", false), subnetworks, new Dictionary<string, string> { ["note to self"] = "ü" });
    }

    private Subnetwork One(int k, RandomSource random)
    {
        var length = Layout.Length;
        Subspace? directions = random.NextInt32(4) switch
        {
            0 => null,
            1 => new CoordinateSubspace(length, [.. Enumerable.Range(0, (int)length).Where(_ => random.NextInt32(3) == 0).Select(i => (long)i)]),
            2 => Subspaces.Random(length, Math.Abs(Directions % 6), random),
            _ => DenseSubspace.Span(zeros([1, length], dtype: float64)),
        };
        var component = directions is null || random.NextInt32(2) == 0 ? tensor(random.Gaussians(length)) : null;
        var activity = random.NextInt32(2) == 0
            ? Samples.ToDictionary(set => set.Key, set => Enumerable.Range(0, (int)set.Value).Select(_ => random.NextDouble()).ToArray())
            : null;
        return new Subnetwork($"subnetwork {k}", directions, component, activity);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>A random subspace to avoid and candidates near it.</summary>
/// <param name="Ambient">P.</param>
/// <param name="Avoided">m, below P.</param>
/// <param name="Candidates">Rows.</param>
/// <param name="Closeness">A candidate keeps about 10^−closeness of its length outside the subspace.</param>
/// <param name="Seed">Of everything.</param>
public sealed record AvoidedSpec(int Ambient, int Avoided, int Candidates, int Closeness, int Seed)
{
    public static Arbitrary<AvoidedSpec> Arbitrary() => Arb.From(
        from ambient in Gen.Choose(2, 60)
        from avoided in Gen.Choose(0, ambient - 1)
        from candidates in Gen.Choose(1, 6)
        from closeness in Gen.Choose(0, 4)
        from seed in Gen.Choose(0, 1_000_000)
        select new AvoidedSpec(ambient, avoided, candidates, closeness, seed),
        spec =>
            from smaller in new[]
            {
                spec with { Candidates = 1 }, spec with { Closeness = 0 }, spec with { Avoided = spec.Avoided / 2 },
                spec with { Ambient = Math.Max(2, spec.Ambient / 2), Avoided = Math.Min(spec.Avoided, Math.Max(2, spec.Ambient / 2) - 1) },
            }
            where smaller != spec
            select smaller);

    /// <summary>Orthonormal rows <c>[m, P]</c>.</summary>
    public DenseSubspace Subspace() => Subspaces.Random(Ambient, Avoided, new RandomSource((ulong)Seed, 1));

    /// <summary>Rows <c>[k, P]</c> of length 1.</summary>
    public Tensor Rows(DenseSubspace avoided)
    {
        var random = new RandomSource((ulong)Seed, 2);
        var rows = tensor(random.Gaussians((long)Candidates * Ambient), [Candidates, Ambient]);
        if (avoided.Dimension > 0)
            rows = avoided.Project(rows) + avoided.ProjectOff(rows) * Math.Pow(10, -Closeness);
        return rows / rows.norm(1, true);
    }
}

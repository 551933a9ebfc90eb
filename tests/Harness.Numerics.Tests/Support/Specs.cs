using FsCheck;
using FsCheck.Fluent;
using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Subspaces of ℝⁿ: two dimensions and a seed.</summary>
public sealed record SubspaceSpec(int Ambient, int First, int Second, int Seed);

/// <summary>A small network with its data and loss; see <see cref="Problem"/>.</summary>
public sealed record NetworkSpec(
    int Inputs, int Hidden, int Layers, int Outputs, int Samples, int Batch, Activation Activation, LossKind Loss, bool IsWeighted, double WeightDecay, int Seed)
{
    public NetworkFamily Family { get; init; }

    /// <summary>Working precision of products.</summary>
    public ScalarType Precision { get; init; } = ScalarType.Float64;

    public bool IsSmooth => Activation != Activation.Relu;

    public NetworkSpec ToSmooth() => IsSmooth ? this : this with { Activation = Activation.Gelu };
}

/// <summary>Which of <see cref="Networks"/>. All but the MLP have one hidden layer, whatever the spec's Layers.</summary>
public enum NetworkFamily
{
    Mlp,
    Convolution,
    TiedAutoencoder,
    OneHotSum,
}

public enum Activation
{
    Relu,
    Gelu,
    Silu,
    Square,
}

/// <summary>Generators of the specs; every spec is rebuilt deterministically from its numbers.</summary>
public static class Specs
{
    private static Gen<int> Seed => Gen.Choose(0, 1_000_000);

    public static Arbitrary<SubspaceSpec> Subspace() =>
        Arb.From(
         from ambient in Gen.Choose(1, 40)
         from first in Gen.Choose(0, ambient)
         from second in Gen.Choose(0, ambient)
         from seed in Seed
         select new SubspaceSpec(ambient, first, second, seed),
         spec =>
            from smaller in new[] { spec.Ambient / 2, spec.Ambient - 1 }
            where smaller >= 1 && smaller < spec.Ambient
            select spec with { Ambient = smaller, First = Math.Min(spec.First, smaller), Second = Math.Min(spec.Second, smaller) });

    public static Arbitrary<NetworkSpec> Network() =>
        Arb.From(
         from inputs in Gen.Choose(1, 5)
         from hidden in Gen.Choose(1, 6)
         from layers in Gen.Choose(0, 2)
         from outputs in Gen.Choose(2, 4)
         from samples in Gen.Choose(1, 23)
         from batch in Gen.Choose(1, 25)
         from activation in Gen.Elements(Enum.GetValues<Activation>())
         from loss in Gen.Elements(Enum.GetValues<LossKind>())
         from weighted in Gen.Elements(false, true)
         from decay in Gen.Elements(0, 0.01, 1.5)
         from seed in Seed
         from family in Gen.Elements(Enum.GetValues<NetworkFamily>())
         from precision in Gen.Elements(ScalarType.Float64, ScalarType.Float64, ScalarType.Float32)
         select new NetworkSpec(inputs, hidden, layers, outputs, samples, batch, activation, loss, weighted, decay, seed)
         {
             Family = family, Precision = precision,
         },
         Smaller);

    private static IEnumerable<NetworkSpec> Smaller(NetworkSpec spec)
    {
        if (spec.Precision != ScalarType.Float64)
            yield return spec with { Precision = ScalarType.Float64 };
        if (spec.Family != NetworkFamily.Mlp)
            yield return spec with { Family = NetworkFamily.Mlp };
        if (spec.IsWeighted)
            yield return spec with { IsWeighted = false };
        if (spec.WeightDecay != 0)
            yield return spec with { WeightDecay = 0 };
        if (spec.Layers > 0)
            yield return spec with { Layers = spec.Layers - 1 };
        if (spec.Samples > 1)
            yield return spec with { Samples = spec.Samples - 1 };
        if (spec.Hidden > 1)
            yield return spec with { Hidden = spec.Hidden - 1 };
        if (spec.Inputs > 1)
            yield return spec with { Inputs = spec.Inputs - 1 };
    }

    public static Arbitrary<SpectrumSpec> Spectrum() =>
        Arb.From(
         from family in Gen.Elements(Enum.GetValues<SpectrumFamily>())
         from dimension in Gen.Choose(1, 120)
         from count in Gen.Choose(1, 25)
         from end in Gen.Elements(Enum.GetValues<SpectrumEnd>())
         from hidden in Gen.Elements(false, true)
         from seed in Seed
         select new SpectrumSpec(family, dimension, count, end, hidden, seed),
         spec =>
            from smaller in new[]
            {
                spec with { Dimension = spec.Dimension / 2 }, spec with { Dimension = spec.Dimension - 1 },
                spec with { Count = spec.Count / 2 }, spec with { Count = spec.Count - 1 }, spec with { IsHidden = false },
            }
            where smaller.Dimension >= 1 && smaller.Count >= 1 && smaller != spec
            select smaller);
}

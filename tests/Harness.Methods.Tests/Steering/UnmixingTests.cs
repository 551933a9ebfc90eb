using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>Kills: the nearest sample of any label, the farthest one, a mixture that is not doubled, the mixed image itself.</summary>
public sealed class UnmixingTests
{
    /// <summary>Where the part of A is known and nearer than any other, the part of B comes out exactly, up to rounding.</summary>
    [Property(MaxTest = 40)]
    public void Mixtures_of_known_samples_come_apart(ushort seed)
    {
        using var scope = NewDisposeScope();
        var (known, other, mixed) = Mixture(seed, spread: 0.01);
        var found = Unmixing.Of(mixed, known);
        Assert.True((found.Inputs - other.Inputs).abs().max().ToDouble() <= 4 * Tolerances.UnitRoundoff64);
        Assert.True(found.Targets.eq(mixed.Targets).all().ToBoolean());
    }

    [Fact]
    public void Only_samples_of_the_same_label_are_taken_off()
    {
        using var scope = NewDisposeScope();
        // The nearest sample has another label.
        var known = new DataSet("a", tensor(new[] { 0.0, 1.0 }, [2, 1]), tensor(new long[] { 0, 1 }));
        var mixed = new DataSet("mixed", tensor(new[] { 0.5 }, [1, 1]), tensor(new long[] { 0 }));
        Assert.Equal(1, Unmixing.Of(mixed, known).Inputs.ToDouble());
        Assert.Equal(0, Unmixing.Of(new DataSet("mixed", mixed.Inputs, tensor(new long[] { 1 })), known).Inputs.ToDouble());
    }

    [Fact]
    public void What_cannot_be_unmixed_says_why()
    {
        using var scope = NewDisposeScope();
        var (known, _, mixed) = Mixture(1, 0.01);
        var missing = new DataSet("mixed", mixed.Inputs, mixed.Targets + 10);
        Assert.Equal("mixed has a label of which a has no sample.", Assert.Throws<ArgumentException>(() => Unmixing.Of(missing, known)).Message);
        var wide = new DataSet("mixed", cat([mixed.Inputs, mixed.Inputs], 1), mixed.Targets);
        Assert.Equal("Samples of mixed are [12], those of a [6].", Assert.Throws<ArgumentException>(() => Unmixing.Of(wide, known)).Message);
    }

    /// <summary>Twelve samples of A far apart, B close to 0, three labels.</summary>
    private static (DataSet Known, DataSet Other, DataSet Mixed) Mixture(ulong seed, double spread)
    {
        var random = new RandomSource(seed, 1);
        var labels = tensor(Enumerable.Range(0, 12).Select(i => (long)(i % 3)).ToArray());
        // Corners and edges of a cube: no two are nearer than 1, and B is shorter than half of that.
        var corners = Enumerable.Range(0, 12).SelectMany(i => Enumerable.Range(0, 6).Select(bit => bit < 4 ? (double)(i >> bit & 1) : 0)).ToArray();
        var (a, b) = (tensor(corners, [12, 6]), tensor(random.Gaussians(72), [12, 6]).abs().clamp(0, 5) * (spread * 2));
        return (new DataSet("a", a, labels), new DataSet("b", b, labels), new DataSet("mixed", a * 0.5 + b * 0.5, labels));
    }
}

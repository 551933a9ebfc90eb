using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>random: sizes as documented, and seeds that matter.</summary>
public sealed class RandomSubspacesTests
{
    /// <summary>
    /// Kills a method that fails on fewer parameters than subnetworks, or whose components are not about θ*'s length together.
    /// </summary>
    [Property(MaxTest = 40, Replay = "3,5")]
    public void Sizes_are_as_documented(ulong seed, byte width)
    {
        using var scope = NewDisposeScope();
        var length = 1 + width;
        var subject = Linear(length);
        var found = new RandomSubspaces().Decompose(subject, MethodContext.Default(seed));
        var count = Math.Min(2, length);
        Assert.Equal(count, found.Subnetworks.Count);
        Assert.All(found.Subnetworks, one => Assert.Equal(Math.Min(length / count, 32), one.Directions!.Dimension));
        var squares = found.Subnetworks.Sum(one => one.Component!.square().sum().ToDouble());
        Assert.Equal(length, squares, Tolerances.RecoveryIdentity * length);
    }

    /// <summary>Kills a method that ignores its seed.</summary>
    [Fact]
    public void Other_seeds_give_other_answers()
    {
        using var scope = NewDisposeScope();
        var answers = Enumerable.Range(0, 3).Select(seed => new RandomSubspaces().Decompose(Linear(20), MethodContext.Default((ulong)seed))).ToArray();
        Assert.Equal(3, answers.Select(answer => answer.Subnetworks[0].Component![0].ToDouble()).Distinct().Count());
    }

    private static Subject Linear(int length)
    {
        var network = new Network(new ParameterLayout([("w", [1, length])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "z" }], "z");
        var data = new DataSet("all", ones([1, length], dtype: float64), ones([1, 1], dtype: float64));
        return new Subject(new Model(network, ones([length], dtype: float64), new Loss(LossKind.MeanSquaredError)), [data]);
    }
}

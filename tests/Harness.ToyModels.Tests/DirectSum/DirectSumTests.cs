using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DirectSumTests : Scoped
{
    /// <summary>A definition, far from rounding (1e-14) and from what the seeds give (0.1 and more).</summary>
    private const double Clearly = 1e-3;

    /// <summary>Rejects blocks that share an input, an output or a parameter, for any shape and seed.</summary>
    [Property(MaxTest = 20, Arbitrary = [typeof(DirectSumSpecs)])]
    public void CertificateHoldsForEverySeed(DirectSumSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = DirectSum.Create(spec, seed);
        Certified.Holds(model);
        Assert.Equal(spec.Blocks * spec.PerBlock, model.Model.Network.Layout.Length);
    }

    [Fact]
    public void ImpossibleShapesAreRefused() => Assert.Contains(
        "A direct sum needs at least 2 blocks with an input, a unit and an output each, got DirectSumSpec { Blocks = 1",
        Assert.Throws<ArgumentException>(() => DirectSum.Create(new DirectSumSpec(1, 3, 4, 2), 0)).Message, StringComparison.Ordinal);

    /// <summary>
    /// Mutant: the second block also reads the first one's outputs. Its ablation then moves another block's outputs.
    /// </summary>
    [Fact]
    public void CertificateRejectsACoupledNetwork()
    {
        var model = DirectSum.Create(DirectSum.Quick, 0);
        var network = model.Model.Network;
        var coupled = network.Operations.Select(operation => operation switch
        {
            ConcatOperation join => join with { Inputs = ["y.0", "leak", "y.2"] },
            _ => operation,
        }).ToList();
        coupled.Insert(coupled.Count - 1, new AddOperation { Inputs = ["y.0", "y.1"], Output = "leak" });
        var mutant = model with
        {
            Model = new Model(new Network(network.Layout, coupled, network.Output), model.Model.Parameters, model.Model.Loss),
        };
        Certified.Rejects(mutant, "ablating block 0");
        Certified.Rejects(mutant, "no entries between blocks");
        Certified.Rejects(mutant, "union of the blocks' spectra");
    }

    /// <summary>Mutant: the truth with two blocks exchanged.</summary>
    [Fact]
    public void CertificateRejectsSwappedBlocks()
    {
        var model = DirectSum.Create(DirectSum.Quick, 0);
        var planted = model.Truth.Subnetworks;
        Certified.Rejects(model with { Truth = model.Truth with { Subnetworks = [planted[2], planted[1], planted[0]] } }, "ablating block 0");
    }

    /// <summary>
    /// Rejects targets at which the gradient vanishes or the Hessian is its own Gauss–Newton part: they would hide faults in
    /// both.
    /// </summary>
    [Property(MaxTest = 10)]
    public void GradientIsNotZeroAndHessianIsIndefinite(ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = DirectSum.Create(DirectSum.Quick, seed);
        var landscape = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0]);
        Assert.True(landscape.Gradient(model.Model.Parameters).norm().ToDouble() > Clearly);
        using var hessian = landscape.Hessian(model.Model.Parameters);
        Assert.True(linalg.eigvalsh(hessian.Multiply(eye(landscape.Dimension, dtype: float64)))[0].ToDouble() < -Clearly);
    }
}

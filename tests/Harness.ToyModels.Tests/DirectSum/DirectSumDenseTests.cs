using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DirectSumDenseTests : Scoped
{
    [Property(MaxTest = 10, Arbitrary = [typeof(DirectSumSpecs)])]
    public void CertificateHoldsForEverySeed(DirectSumSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        Certified.Holds(DirectSumDense.Create(spec, seed));
    }

    /// <summary>Each block has as many directions as weights, and they are orthonormal across blocks too.</summary>
    [Fact]
    public void PlantsAreOrthonormal()
    {
        var model = DirectSumDense.Create(DirectSum.Quick, 3);
        var basis = cat([.. model.Truth.Subnetworks.Select(one => one.Subspace.Basis())], 0);
        Assert.Equal([78, 198], basis.shape);
        Assert.True((basis.matmul(basis.transpose(0, 1)) - eye(78, dtype: float64)).abs().max().ToDouble() <= Tolerances.Orthonormality(78, 198));
    }

    /// <summary>Mutants: a weight from a block's unit to another block's input; a plant that is turned; outputs that are not turned.</summary>
    [Fact]
    public void CertificateRejectsMutants()
    {
        var model = DirectSumDense.Create(DirectSum.Quick, 0);
        var nudged = model.Model.Parameters + 0.01 * tensor(new RandomSource(4).Gaussians(198));
        Certified.Rejects(model with { Model = model.Model with { Parameters = nudged } }, "outputs turned back");
        Certified.Rejects(model with { Model = model.Model with { Parameters = nudged } }, "components add up");

        var planted = model.Truth.Subnetworks;
        var turned = planted[0] with { Subspace = Subspaces.Random(198, 26, new RandomSource(5)) };
        Certified.Rejects(model with { Truth = model.Truth with { Subnetworks = [turned, .. planted.Skip(1)] } }, "no entries between blocks");
        Certified.Rejects(model with { Truth = model.Truth with { Subnetworks = [planted[1], planted[0], planted[2]] } }, "ablating block 0");
        Certified.Rejects(model with { Seed = 1 }, "outputs turned back");
    }
}

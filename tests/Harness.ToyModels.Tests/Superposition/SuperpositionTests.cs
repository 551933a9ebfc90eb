using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class SuperpositionTests : Scoped
{
    public static TheoryData<string> Ids => [.. Superposition.Specs.Select(spec => spec.Id)];

    /// <summary>
    /// Mutant: weights straight from the initialiser. "Column i of W" is then as true as ever, but nothing works.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertificateRejectsRandomWeights(string id)
    {
        var spec = Spec(id);
        var random = RandomSource.Named(1, "superposition-tests/weights");
        var parameters = tensor(random.Gaussians(Superposition.Layout(spec).Length));
        Certified.Rejects(Superposition.WithParameters(spec, 0, parameters), "reconstructed on fresh samples");
    }

    /// <summary>Mutant: a net that gave up one feature, the usual bad minimum.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertificateRejectsAMissedFeature(string id)
    {
        var model = ToyModelCatalog.Create(id);
        var without = model.Model.Parameters - model.Truth.Subnetworks[3].Component!;
        var mutant = Superposition.WithParameters(Spec(id), 0, without);
        Certified.Rejects(mutant, "a feature that is on alone");
        // Of 40, one feature's loss is nearly made up for by the interference that goes with it.
        if (Spec(id).Features == 5)
            Certified.Rejects(mutant, "fresh samples");
    }

    /// <summary>
    /// Mutant: five features on a square and its centre are not a pentagon, however well four of them are reconstructed.
    /// </summary>
    [Fact]
    public void CertificateRejectsASquare()
    {
        double[] square = [1, 0, -1, 0, 0.1, 0, 1, 0, -1, 0.1, 0, 0, 0, 0, 0];
        Certified.Rejects(Superposition.WithParameters(Spec("superposition-5-2"), 0, tensor(square)), "regular pentagon");
    }

    /// <summary>
    /// Mutant: the components of any two features exchanged, their activity left as it was. (Judged on all samples the effect on the
    /// own output would not tell features at 144° apart: both on, each suppresses the other.)
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertificateRejectsSwappedComponents(string id)
    {
        var model = ToyModelCatalog.Create(id);
        var last = Spec(id).Features == 5 ? 5 : 2; // of 40 features the first pair only
        for (var i = 0; i < last; i++)
            for (var j = 0; j < i; j++)
            {
                var planted = model.Truth.Subnetworks.ToArray();
                (planted[i], planted[j]) = (
                    planted[i] with { Component = planted[j].Component }, planted[j] with { Component = planted[i].Component });
                var mutant = model with { Truth = model.Truth with { Subnetworks = planted } };
                Certified.Rejects(mutant, "output is gone");
                Certified.Rejects(mutant, "own output");
                Certified.Rejects(mutant, "own subspace");
            }
    }

    /// <summary>Mutant: biases left where training put them, on the kink.</summary>
    [Fact]
    public void CertificateRejectsOutputsOnTheKink()
    {
        var model = ToyModelCatalog.Create("superposition-5-5");
        var parameters = model.Model.Parameters.clone();
        parameters.narrow(0, 25, 5).zero_();
        Certified.Rejects(Superposition.WithParameters(Spec("superposition-5-5"), 0, parameters), "kink");
    }

    /// <summary>Dimensions of toymodels.md B1: h + 1 tied, 2h + 1 untied; the component has rank 1 and no bias.</summary>
    [Theory]
    [InlineData("superposition-5-2", 3)]
    [InlineData("superposition-5-2-untied", 5)]
    [InlineData("superposition-5-5", 6)]
    [InlineData("superposition-40-10", 11)]
    [InlineData("superposition-5-2-identity", 3)]
    [InlineData("superposition-40-10-identity", 11)]
    public void SubnetworksHaveTheStatedDimension(string id, long dimension)
    {
        var model = ToyModelCatalog.Create(id);
        var layout = model.Model.Network.Layout;
        Assert.Equal(Spec(id).Features + (Spec(id).HasIdentity ? 1 : 0), model.Truth.Subnetworks.Count);
        Assert.DoesNotContain("b", model.Truth.DecomposedTensors);
        foreach (var planted in model.Truth.Subnetworks.Take(Spec(id).Features))
        {
            Assert.Equal(dimension, planted.Subspace.Dimension);
            Assert.Equal(0, layout.Split(planted.Component!)[layout.IndexOf("b")].abs().max().ToDouble());
            foreach (var name in model.Truth.DecomposedTensors.Where(name => name != Superposition.Identity))
            {
                var singular = linalg.svdvals(layout.Split(planted.Component!)[layout.IndexOf(name)]);
                Assert.True(singular[0].ToDouble() > 0.1 && singular[1].ToDouble() < Tolerances.SameOutputs);
            }
        }
    }

    /// <summary>The identity layer is exactly that, a parameter, and one subnetwork of rank h that belongs to no feature.</summary>
    [Theory]
    [InlineData("superposition-5-2-identity", 2)]
    [InlineData("superposition-40-10-identity", 10)]
    public void TheIdentityLayerIsASubnetworkOfItsOwn(string id, int rank)
    {
        var model = ToyModelCatalog.Create(id);
        var layout = model.Model.Network.Layout;
        var planted = model.Truth.Subnetworks[^1];
        var layer = layout.Split(planted.Component!)[layout.IndexOf(Superposition.Identity)];
        Assert.Equal(("identity", (long)rank * rank), (planted.Name, planted.Subspace.Dimension));
        Assert.True(layer.eq(eye(rank, dtype: float64)).all().ToBoolean());
        Assert.Equal(rank, planted.Component!.square().sum().ToDouble());
        // The outputs are those of the tied model with the same W and b.
        var tied = Superposition.WithParameters(
            Spec(id) with { HasIdentity = false }, 0, cat([.. layout.Split(model.Model.Parameters).Where((_, i) => i != 1).Select(part => part.reshape(-1))], 0));
        Assert.True((Ablation.Outputs(model) - Ablation.Outputs(tied)).abs().max().ToDouble() <= Tolerances.SameEntries);
    }

    /// <summary>Mutant: a plant that takes the identity layer for half of what it is.</summary>
    [Fact]
    public void CertificateRejectsHalfAnIdentityLayer()
    {
        var model = ToyModelCatalog.Create("superposition-5-2-identity");
        var planted = model.Truth.Subnetworks.ToArray();
        planted[^1] = planted[^1] with { Component = planted[^1].Component! * 0.5 };
        var mutant = model with { Truth = model.Truth with { Subnetworks = planted } };
        Certified.Rejects(mutant, "without the identity layer");
        Certified.Rejects(mutant, "add up");
    }

    /// <summary>Rejects activity that is shifted by a sample or a feature.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void ActivityIsWhereTheFeatureIsOn(string id)
    {
        var model = ToyModelCatalog.Create(id);
        for (var feature = 0; feature < 5; feature++)
            for (var sample = 0; sample < model.DataSets[0].Count; sample += 7)
                Assert.Equal(model.DataSets[0].Inputs[sample, feature].ToDouble() > 0, model.Truth.Subnetworks[feature].Activity["all"][sample]);
    }

    /// <summary>Mutant: rescaling the hidden units of tied weights, where one tensor is both incoming and outgoing.</summary>
    [Fact]
    public void TiedWeightsDoNotAdmitRescaling()
    {
        var model = ToyModelCatalog.Create("superposition-5-2");
        Assert.Equal([DisguiseKind.Permute, DisguiseKind.Rotate], model.AdmissibleDisguises);
        var forced = model with
        {
            AdmissibleDisguises = [DisguiseKind.Rescale], HiddenUnits = [.. model.HiddenUnits.Select(units => units with { IsHomogeneous = true })],
        };
        Certified.Rejects(Disguises.Apply(forced, DisguiseKind.Rescale, 0), "regular pentagon");
    }

    /// <summary>Linear hidden units admit any non-zero factor, negative ones too (a ReLU unit would not).</summary>
    [Theory]
    [InlineData(3.0)]
    [InlineData(-0.25)]
    public void UntiedHiddenUnitsAdmitAnyFactor(double factor)
    {
        var model = ToyModelCatalog.Create("superposition-5-2-untied");
        // w_enc [2, 5]: the first row × c; w_dec [5, 2]: the first column ÷ c.
        var scale = Enumerable.Range(0, 25).Select(i => i < 5 ? factor : i is >= 10 and < 20 && i % 2 == 0 ? 1 / factor : 1).ToArray();
        var twin = Disguises.Apply(model, new MonomialMap([.. Enumerable.Range(0, 25).Select(i => (long)i)], scale));
        var (inputs, network) = (model.DataSets[0].Inputs, model.Model.Network);
        var difference = network.Forward(twin.Model.Parameters, inputs) - network.Forward(model.Model.Parameters, inputs);
        Assert.True(difference.abs().max().ToDouble() < Tolerances.SameEntries);
        Certified.Holds(twin);
    }

    /// <summary>Rejects inputs that are on too often, too rarely, or not uniform.</summary>
    [Fact]
    public void FeaturesAreSparseAndUniform()
    {
        var inputs = SparseFeatures.Sample(new RandomSource(3), 100_000, 5);
        var on = inputs > 0;
        var rate = on.to(float64).mean().ToDouble();
        var mean = (inputs.sum() / on.sum()).ToDouble();
        // Five standard errors of 500,000 draws and of 25,000 uniforms.
        Assert.InRange(rate, 0.05 - 0.0016, 0.05 + 0.0016);
        Assert.InRange(mean, 0.5 - 0.0092, 0.5 + 0.0092);
        Assert.True(inputs.max().ToDouble() < 1 && inputs.min().ToDouble() == 0);
    }

    private static SuperpositionSpec Spec(string id) => Superposition.Specs.Single(spec => spec.Id == id);
}

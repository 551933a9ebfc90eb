using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class ModularAdditionMlpTests : Scoped
{
    private static readonly ModularAdditionMlpSpec s_small = new("modular-addition-mlp", IsSmooth: false) { Modulus = 11, Hidden = 32, Steps = 600 };

    public static TheoryData<string> Ids => [.. ModularAdditionMlp.Specs.Select(spec => spec.Id)];

    /// <summary>The architecture that numerics.md measures on: 118 → 128 → 59 with biases, all 59² pairs.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void ItIsTheReferenceProblem(string id)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(22_843, model.Model.Network.Layout.Length);
        Assert.Equal([3481, 2], model.DataSets[0].Inputs.shape);
        Assert.Equal([3481, 59], Ablation.Outputs(model).shape);
        Assert.Empty(model.Truth.Subnetworks);
    }

    /// <summary>Rejects a network that mixes up the halves of its input, by the first layer written out.</summary>
    [Fact]
    public void TheInputIsBothOneHotsSideBySide()
    {
        var model = ToyModelCatalog.Create("modular-addition-mlp");
        var layout = model.Model.Network.Layout;
        var tensors = layout.Split(model.Model.Parameters);
        foreach (var (a, b) in new[] { (0, 0), (3, 58), (58, 1) })
        {
            var hidden = (tensors[0].select(1, a) + tensors[0].select(1, 59 + b) + tensors[1]).relu();
            var logits = matmul(tensors[2], hidden) + tensors[3];
            Assert.True((logits - Ablation.Outputs(model)[59 * a + b]).abs().max().ToDouble() < Tolerances.SameOutputs);
        }
    }

    /// <summary>Mutant: weights straight from the initialiser.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertificateRejectsUntrainedWeights(string id)
    {
        var spec = Spec(id);
        var weights = tensor(Initialisation.Gaussian(ModularAdditionMlp.Layout(spec), 1, new RandomSource(1)));
        var mutant = ModularAdditionMlp.WithParameters(spec, 0, weights);
        Certified.Rejects(mutant, "classified correctly");
        Certified.Rejects(mutant, "margin");
        Certified.Rejects(mutant, "gradient");
    }

    /// <summary>Mutant: one hidden unit parked on its kink for one pair.</summary>
    [Fact]
    public void CertificateRejectsAParkedUnit()
    {
        var model = ToyModelCatalog.Create("modular-addition-mlp");
        var tensors = model.Model.Network.Layout.Split(model.Model.Parameters);
        tensors[1][5].sub_(tensors[0][5, 7] + tensors[0][5, 59 + 9] + tensors[1][5]);
        Certified.Rejects(model, "side of its kink");
    }

    /// <summary>Rejects a disguise that forgets a tensor or a factor, and rescaling of GELU units.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void DisguisesKeepTheOutputs(string id)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(Spec(id).IsSmooth ? [DisguiseKind.Permute] : [DisguiseKind.Permute, DisguiseKind.Rescale], model.AdmissibleDisguises);
        var outputs = Ablation.Outputs(model);
        foreach (var twin in model.AdmissibleDisguises.Select(kind => Disguises.Apply(model, kind, 0)))
            Assert.True(((Ablation.Outputs(twin) - outputs).abs().max() / outputs.abs().max()).ToDouble() <= Tolerances.SameOutputs);
    }

    /// <summary>Retraining a small one from scratch meets the bar of the approved weights, smooth or not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RetrainingMeetsTheBar(bool isSmooth)
    {
        var result = ModularAdditionMlp.Recipe(s_small with { IsSmooth = isSmooth }).Train(0, null, CancellationToken.None);
        Assert.True(result.MeetsBar, result.Shortfall);
        Certified.Holds(result.Model);
    }

    /// <summary>Rejects randomness that does not come from the seed, and attempts that repeat each other.</summary>
    [Fact]
    public void SeedAndAttemptDecideTheWeights()
    {
        double[] Weights(ulong seed, int attempt) =>
            ModularAdditionMlpTraining.Train(s_small with { Steps = 3 }, AllPairs.Of(s_small.Modulus), seed, attempt, new TrainingWatch()).data<double>().ToArray();
        Assert.Equal(Weights(5, 1), Weights(5, 1));
        Assert.NotEqual(Weights(5, 1), Weights(6, 1));
        Assert.NotEqual(Weights(5, 1), Weights(5, 2));
    }

    /// <summary>Mutants: a shift of the wrong sign, the nearest gap instead of the widest, a shift without bound.</summary>
    [Fact]
    public void PilesAreShiftedToTheMiddleOfTheWidestGap()
    {
        // The widest gap is 2e-5 … 1.5e-4, its middle 8.5e-5.
        Assert.Equal(-8.5e-5, KinkClearance.Shift([0, 1e-9, -1e-9, 2e-5, -6e-5, 1.5e-4, 2, -2]), 12);
        // Nothing above 0: as far up as is allowed.
        Assert.Equal(-1e-4, KinkClearance.Shift([0, -2e-5]), 12);
        Assert.Equal(4e-5, KinkClearance.Shift([0, -8e-5, 5e-5, 1.2e-4, -1.3e-4]), 12);
        Assert.Equal(0, KinkClearance.Shift([0.1, -0.1]));
    }

    private static ModularAdditionMlpSpec Spec(string id) => ModularAdditionMlp.Specs.Single(spec => spec.Id == id);
}

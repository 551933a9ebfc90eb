using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class ControlTests : Scoped
{
    private static readonly string[] s_ids = [.. ToyModelCatalog.Entries.Where(entry => entry.Family == "control").Select(entry => entry.Id)];

    public static TheoryData<string> Ids => [.. s_ids];

    /// <summary>Rejects a control that plants something after all.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Nothing_is_planted(string id)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(TruthGrade.None, model.Truth.Grade);
        Assert.Empty(model.Truth.Subnetworks);
        Assert.NotEmpty(model.Truth.DecomposedTensors);
        Assert.StartsWith("Nothing is planted: ", model.Truth.Statement);
    }

    /// <summary>Every model with a plant in its weights has a control; where the plant is in the architecture there can be none.</summary>
    [Fact]
    public void Plants_in_weights_have_a_control()
    {
        Assert.Contains("control/random-weights/modular-addition", s_ids);
        Assert.Contains("control/random-weights/superposition-5-2-identity", s_ids);
        Assert.Contains("control/random-weights/compressed-computation-exact", s_ids);
        Assert.DoesNotContain("control/random-weights/direct-sum", s_ids);
        Assert.DoesNotContain("control/random-weights/modular-addition-chunked", s_ids);
        Assert.DoesNotContain(s_ids, id => id.StartsWith("control/random-weights/control", StringComparison.Ordinal));
    }

    /// <summary>Mutant: a control that kept the planted weights, or all but a hundredth of them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Planted_weights_are_no_control(double noise)
    {
        var original = ToyModelCatalog.Create("modular-addition");
        var weights = original.Model.Parameters.data<double>().ToArray();
        var random = new RandomSource(1);
        var kept = original.Model.Parameters + noise * tensor(random.Gaussians(weights.Length));
        var mutant = RandomWeights.WithParameters(original, 0, kept, RandomWeights.MeanLoss(original), weights);
        Certified.Rejects(mutant, "task is not done");
        Certified.Rejects(mutant, "not the original's");
    }

    /// <summary>The certificate of a random control holds for other seeds too, and weights, not data, change with them.</summary>
    [Theory]
    [InlineData("superposition-5-2")]
    [InlineData("superposition-5-2-untied")]
    [InlineData("superposition-5-5")]
    [InlineData("modular-addition")]
    public void Any_seed_gives_a_control(string id)
    {
        for (ulong seed = 1; seed <= 10; seed++)
            Certified.Holds(ToyModelCatalog.Create(RandomWeights.Prefix + id, seed));
    }

    /// <summary>Rejects weights of another scale, by which a control could be told from the original.</summary>
    [Fact]
    public void Tensors_keep_their_size()
    {
        var (original, control) = (ToyModelCatalog.Create("modular-addition").Model, ToyModelCatalog.Create("control/random-weights/modular-addition").Model);
        foreach (var (planted, random) in original.Network.Layout.Split(original.Parameters).Zip(control.Network.Layout.Split(control.Parameters)))
            // 414 Gaussian entries: their root mean square is known to 3.5 %.
            Assert.InRange((random.norm() / planted.norm()).ToDouble(), 0.85, 1.15);
    }

    /// <summary>Mutant: random weights in the original's two branches, which share nothing: the truth would be the original's.</summary>
    [Theory]
    [InlineData("parallel-modules")]
    [InlineData("parallel-modules-cnn")]
    public void Branches_without_cross_weights_are_no_control(string id)
    {
        var (original, control) = (ToyModelCatalog.Create(id).Model, ToyModelCatalog.Create(RandomWeights.Prefix + id));
        Assert.True(control.Model.Network.Layout.Length > original.Network.Layout.Length);
        var weights = tensor(new RandomSource(1).Gaussians(original.Network.Layout.Length));
        Certified.Rejects(control with { Model = original with { Parameters = weights } }, "reads both views");
    }

    /// <summary>Mutant: the second data set holds other images than the first.</summary>
    [Fact]
    public void Two_data_sets_of_different_images_are_not_entangled()
    {
        var model = ToyModelCatalog.Create(Entangled.Id);
        var second = model.DataSets[1];
        var other = new DataSet(second.Name, second.Inputs.roll(1, 0), second.Targets.roll(1, 0));
        // The loss is the same, a mean over the same images in another order: only the outputs tell.
        Certified.Rejects(model with { DataSets = [model.DataSets[0], other, model.DataSets[2]] }, "same function: outputs");
        var noisy = new DataSet(second.Name, second.Inputs * 1.001, second.Targets);
        Certified.Rejects(model with { DataSets = [model.DataSets[0], noisy, model.DataSets[2]] }, "same function: gradients");
        Certified.Rejects(model with { DataSets = [model.DataSets[0], noisy, model.DataSets[2]] }, "same function: Hessian products");
    }

    /// <summary>Mutant: a branch of its own for each view. One module for both is what entangles them.</summary>
    [Fact]
    public void Separate_branches_are_not_entangled()
    {
        var model = ToyModelCatalog.Create(Entangled.Id);
        var layout = new ParameterLayout([("w1", [24, 392]), ("w2", [10, 24]), ("v1", [24, 392]), ("v2", [10, 24])]);
        Operation[] Branch(int view, string name) =>
        [
            new SliceOperation { Inputs = ["x"], Start = view, End = view + 1, Output = $"x{name}" },
            new LinearOperation { Inputs = [$"x{name}"], Weight = $"{name}1", Output = $"pre{name}" },
            new ReluOperation { Inputs = [$"pre{name}"], Output = $"hidden{name}" },
            new LinearOperation { Inputs = [$"hidden{name}"], Weight = $"{name}2", Output = $"votes{name}" },
        ];
        var network = new Network(
            layout,
            [
                .. Branch(0, "w"), .. Branch(1, "v"),
                new AddOperation { Inputs = ["votesw", "votesv"], Output = "both" }, new SumOperation { Inputs = ["both"], Dimension = 1, Output = "logits" },
            ],
            "logits");
        var twice = cat([model.Model.Parameters, model.Model.Parameters], 0);
        var mutant = model with { Model = new Model(network, twice, model.Model.Loss) };
        Certified.Rejects(mutant, "same function: gradients");
        Certified.Rejects(mutant, "same function: Hessian products");
    }

    /// <summary>Mutant: the real table.</summary>
    [Fact]
    public void Sums_are_no_shuffled_labels()
    {
        var model = ToyModelCatalog.Create(LabelShuffled.Id);
        Certified.Rejects(model with { DataSets = [AllPairs.Of(23)] }, "labels are not sums");
        Certified.Rejects(model with { DataSets = [AllPairs.Of(23)] }, "classified correctly");
    }

    [Fact]
    public void Retraining_the_entangled_control_meets_the_bar()
    {
        var result = Entangled.Recipe(300).Train(1, null, CancellationToken.None);
        Assert.True(result.MeetsBar, result.Shortfall);
        Certified.Holds(result.Model);
    }

    [Fact]
    public void Retraining_the_shuffled_control_meets_the_bar()
    {
        var result = LabelShuffled.Recipe(LabelShuffled.Spec with { Modulus = 11, Hidden = 48, Steps = 600 }).Train(1, null, CancellationToken.None);
        Assert.True(result.MeetsBar, result.Shortfall);
        Certified.Holds(result.Model);
    }
}

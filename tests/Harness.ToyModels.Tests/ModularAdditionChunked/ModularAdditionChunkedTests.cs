using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class ModularAdditionChunkedTests : Scoped
{
    private const string Id = "modular-addition-chunked";

    private static readonly ModularAdditionChunkedSpec s_small = new(Id, 13);

    [Theory]
    [InlineData(Id, 496)]
    [InlineData("modular-addition-chunked-p37", 720)]
    public void It_has_the_stated_size(string id, long parameters)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(parameters, model.Model.Network.Layout.Length);
        Assert.Equal(1e-3, model.Model.Loss.WeightDecay);
        Assert.Equal(4, model.Truth.Subnetworks.Count);
        Assert.All(model.Truth.Subnetworks, planted => Assert.Equal(parameters / 4, planted.Subspace.Dimension));
    }

    /// <summary>The formula of toymodels.md B6b by plain loops. Kills an axis of a stacked tensor read for another.</summary>
    [Fact]
    public void The_logits_are_the_formula()
    {
        var model = ToyModelCatalog.Create(Id);
        var layout = model.Model.Network.Layout;
        var parts = layout.Split(model.Model.Parameters).Select(part => part.contiguous().data<double>().ToArray()).ToArray();
        var (e, w1, w2, u) = (parts[0], parts[1], parts[2], parts[3]);
        foreach (var (a, b) in new[] { (0, 0), (3, 22), (17, 5) })
            for (var q = 0; q < 23; q += 7)
            {
                var logit = 0.0;
                for (var block = 0; block < 4; block++)
                    for (var k = 0; k < 8; k++)
                    {
                        var pre = 0.0;
                        for (var j = 0; j < 2; j++)
                            pre += w1[(block * 2 + j) * 8 + k] * (e[a * 8 + 2 * block + j] + e[b * 8 + 2 * block + j]);
                        for (var j = 0; j < 2; j++)
                            logit += u[q * 8 + 2 * block + j] * w2[(block * 8 + k) * 2 + j] * pre / (1 + Math.Exp(-pre));
                    }
                Assert.Equal(logit, Ablation.Outputs(model)[23 * a + b, q].ToDouble(), 12);
            }
    }

    /// <summary>
    /// The blocks are independent by architecture: what the certificate says of them (not of how well they were trained) holds at any weights. Rejects
    /// blocks that share a parameter.
    /// </summary>
    [Property(MaxTest = 10)]
    public void Blocks_are_independent_at_any_weights(ulong seed)
    {
        using var scope = NewDisposeScope();
        var layout = ToyModelCatalog.Create(Id).Model.Network.Layout;
        var model = ModularAdditionChunked.WithParameters(
            ModularAdditionChunked.Specs[0], seed, tensor(Initialisation.Gaussian(layout, 2, RandomSource.Named(seed, "chunked/any weights"))));
        foreach (var claim in new[] { "takes away", "wherever it is active", "sum of what perturbing", "add up", "own subspace", "mutually orthogonal" })
            Certified.Holds(model, claim);
    }

    /// <summary>Mutant: a weight of each of two blocks counted to the other.</summary>
    [Fact]
    public void The_certificate_rejects_blocks_that_share()
    {
        var model = ToyModelCatalog.Create(Id);
        var exchanged = model.WithCoordinatesExchanged((0, Mutations.Indices(model, 0)[3]), (2, Mutations.Indices(model, 2)[3]));
        Certified.Rejects(exchanged, "takes away");
        Certified.Rejects(exchanged, "sum of what perturbing");
    }

    [Fact]
    public void Frequencies_come_from_the_seed()
    {
        var spec = ModularAdditionChunked.Specs[0];
        for (ulong seed = 0; seed < 50; seed++)
        {
            Assert.Equal(4, spec.Frequencies(seed).Distinct().Count());
            Assert.All(spec.Frequencies(seed), frequency => Assert.InRange(frequency, 1, 11));
            Assert.Equal([3, 7, 11, 13], ModularAdditionChunked.Specs[1].Frequencies(seed).Order());
        }
        Assert.True(Enumerable.Range(0, 50).Select(seed => string.Join(" ", spec.Frequencies((ulong)seed))).Distinct().Count() > 45);
    }

    /// <summary>Mutant: the start of training, circles and random hidden layers.</summary>
    [Fact]
    public void The_certificate_rejects_untrained_weights()
    {
        var spec = ModularAdditionChunked.Specs[0];
        var start = ModularAdditionChunkedTraining.Initial(spec, spec.Frequencies(0), new RandomSource(3));
        var mutant = ModularAdditionChunked.WithParameters(spec, 0, tensor(start));
        Certified.Rejects(mutant, "classified correctly");
        Certified.Rejects(mutant, "gradient has vanished");
        Certified.Rejects(mutant, "a minimum");
    }

    /// <summary>Mutant: a block that is nearly switched off.</summary>
    [Fact]
    public void The_certificate_rejects_a_starved_block()
    {
        var model = ToyModelCatalog.Create(Id);
        var mutant = ModularAdditionChunked.WithParameters(
            ModularAdditionChunked.Specs[0], 0, model.Model.Parameters - 0.6 * model.Truth.Subnetworks[2].Component!);
        Certified.Rejects(mutant, "no block starves");
        Certified.Rejects(mutant, "gradient has vanished");
    }

    /// <summary>Mutant: two blocks' components exchanged; they add up as ever.</summary>
    [Fact]
    public void The_certificate_rejects_exchanged_blocks()
    {
        var model = ToyModelCatalog.Create(Id);
        var planted = model.Truth.Subnetworks.ToArray();
        (planted[0], planted[1]) = (planted[0] with { Component = planted[1].Component }, planted[1] with { Component = planted[0].Component });
        var mutant = model with { Truth = model.Truth with { Subnetworks = planted } };
        Certified.Rejects(mutant, "still embeds by that frequency");
        Certified.Rejects(mutant, "own subspace");
    }

    /// <summary>
    /// Mutant: a plant that cuts through blocks: half of the embedding belongs to the neighbour. Its parts do not compute alone what they take away.
    /// </summary>
    [Fact]
    public void The_certificate_rejects_a_cut_through_blocks()
    {
        var model = ToyModelCatalog.Create(Id);
        var layout = model.Model.Network.Layout;
        var shift = Plants.Coordinates(layout.Length, FlatIndices.Along(layout["e"], 1, 0).Concat(FlatIndices.Along(layout["e"], 1, 2)));
        var planted = model.Truth.Subnetworks.ToArray();
        var (moved, taken) = (Plants.Restrict(planted[0].Component!, shift), Plants.Restrict(planted[1].Component!, shift));
        planted[0] = planted[0] with { Component = planted[0].Component! - moved + taken };
        planted[1] = planted[1] with { Component = planted[1].Component! - taken + moved };
        Certified.Rejects(model with { Truth = model.Truth with { Subnetworks = planted } }, "takes away what it computes alone");
    }

    /// <summary>Mutant: the loss without its weight decay, at whose minimum this is not.</summary>
    [Fact]
    public void The_certificate_rejects_a_loss_without_weight_decay()
    {
        var model = ToyModelCatalog.Create(Id);
        var loss = new Loss(LossKind.CrossEntropy);
        Certified.Rejects(model with { Model = new Model(model.Model.Network, model.Model.Parameters, loss) }, "gradient has vanished");
    }

    /// <summary>Rejects a disguise that turns one side of a plane only, or permutes units of one block.</summary>
    [Fact]
    public void Disguises_keep_outputs_and_truth()
    {
        var model = ToyModelCatalog.Create(Id);
        Assert.Equal([DisguiseKind.Permute, DisguiseKind.Rotate], model.AdmissibleDisguises);
        foreach (var twin in model.AdmissibleDisguises.Select(kind => Disguises.Apply(model, kind, 1)))
        {
            Assert.InRange((Ablation.Outputs(twin) - Ablation.Outputs(model)).abs().max().ToDouble(), 0, Tolerances.SameOutputs);
            Assert.True((twin.Model.Parameters - model.Model.Parameters).abs().max().ToDouble() > 0.01);
            Certified.Holds(twin);
        }
    }

    /// <summary>Retraining a small one (p = 13) from another seed meets the bar, after as many starts as it takes; and says so.</summary>
    [Fact]
    public void Retraining_meets_the_bar()
    {
        var result = ModularAdditionChunked.Recipe(s_small).Train(3, null, CancellationToken.None);
        Assert.True(result.MeetsBar, result.Shortfall);
        var ending = Regex.Match(result.Ending, "^converged after [0-9,]+ steps of L-BFGS, gradient norm ([0-9.]+E-[0-9]+)$");
        Assert.True(ending.Success, result.Ending);
        Assert.InRange(double.Parse(ending.Groups[1].Value, CultureInfo.InvariantCulture), 0, s_small.GradientTolerance);
    }

    /// <summary>Rejects randomness that does not come from the seed, and attempts that repeat each other.</summary>
    [Fact]
    public void Seed_and_attempt_decide_the_weights()
    {
        double[] Weights(ulong seed, int attempt) =>
            ModularAdditionChunkedTraining.Train(s_small with { GradientTolerance = 0.1 }, seed, attempt, new TrainingWatch()).data<double>().ToArray();
        Assert.Equal(Weights(5, 1), Weights(5, 1));
        Assert.NotEqual(Weights(5, 1), Weights(6, 1));
        Assert.NotEqual(Weights(5, 1), Weights(5, 2));
    }
}

using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class CompressedComputationTests : Scoped
{
    /// <summary>As compressed as the shipped ones, n/d = 2 and D/n = 10, and a hundredth of the work.</summary>
    private static readonly CompressedComputationSpec s_small = new("compressed-computation-1", [10], EmbeddingWidth: 200)
    {
        Features = 20, Steps = 1500, BatchSize = 512,
    };

    private static readonly CompressedComputationSpec s_smallExact = new("exact", [20], EmbeddingWidth: null) { Features = 20 };

    private static readonly CompressedComputationSpec s_smallControl = s_small with { Id = "compressed-computation-m0", EmbeddingWidth = null };

    /// <summary>
    /// The reduced form is exact: weights of the residual network with embedding, D = 300, are built from reduced ones, and both compute the same. Kills a
    /// reduced form without links between layers, with M of the wrong sign, or with the embedding on one side only.
    /// </summary>
    [Theory]
    [InlineData(12)]
    [InlineData(6, 6)]
    [InlineData(4, 4, 4)]
    public void The_reduced_form_is_the_residual_network(params int[] neurons)
    {
        const int width = 60;
        var spec = new CompressedComputationSpec("residual", neurons, width) { Features = 24 };
        var random = new RandomSource(5);
        var embedding = CompressedComputationNetwork.Embedding(spec.Features, width, random);
        var gram = embedding.matmul(embedding.t());
        var network = CompressedComputationNetwork.Architecture(spec, gram);
        var parameters = tensor(random.Gaussians(network.Layout.Length)) / 5;
        var x = tensor(random.Gaussians(7 * spec.Features), [7, spec.Features]);
        var difference = network.Forward(parameters, x) - Residual(spec, network.Layout, parameters, embedding, x);
        // Ten times, for the inverse of the embedding's Gram matrix.
        Assert.InRange(difference.abs().max().ToDouble(), 0, 10 * Tolerances.SameOutputs);
    }

    /// <summary>
    /// toymodels.md B7: at M = 0 a network that spends its neurons on d features loses (n − d)/n/6 per feature, 0.0833 for 50 of 100. Kills a loss that
    /// forgets that half of the features are negative (1/3), or the share that is covered.
    /// </summary>
    [Fact]
    public void The_naive_network_has_the_naive_loss()
    {
        var spec = CompressedComputation.Specs.Single(one => one.EmbeddingWidth is null);
        Assert.Equal(1.0 / 12, spec.NaiveLoss, 15);
        var naive = CompressedComputation.WithParameters(spec, 0, Naive(spec));
        Assert.Equal(spec.NaiveLoss, CompressedComputationQuality.SingleLoss(naive, naive.Model.Network), 13);
        // Five standard errors of the mean over 84,000 features that are on.
        Assert.InRange(CompressedComputationQuality.SampledLoss(naive, naive.Model.Network) / spec.NaiveLoss, 0.97, 1.03);
    }

    /// <summary>The bound behind it, for any weights: random ones, and good ones moved a little.</summary>
    [Fact]
    public void No_network_beats_the_naive_loss_one_feature_at_a_time()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new RandomSource(seed);
            var layout = CompressedComputationNetwork.Layout(s_smallControl);
            var shift = tensor(random.Gaussians(layout.Length)) * Math.Pow(10, -(double)(seed % 5));
            var model = CompressedComputation.WithParameters(s_smallControl, 0, seed % 2 == 0 ? shift : Naive(s_smallControl) + shift);
            Assert.True(CompressedComputationQuality.SingleLoss(model, model.Model.Network) >= s_smallControl.NaiveLoss * (1 - Tolerances.SameOutputs));
        }
    }

    /// <summary>
    /// Measured on the approved weights: with the embedding the trained networks lose a fifth less than naive; at M = 0 the advantage is gone.
    /// </summary>
    [Theory]
    [InlineData("compressed-computation-1", 0.77, 0.87)]
    [InlineData("compressed-computation-2", 0.72, 0.84)]
    [InlineData("compressed-computation-3", 0.71, 0.83)]
    [InlineData("compressed-computation-m0", 0.98, 1.02)]
    public void The_advantage_is_there_with_M_and_gone_without(string id, double least, double most)
    {
        var model = ToyModelCatalog.Create(id);
        var spec = CompressedComputation.Specs.Single(one => one.Id == id);
        Assert.InRange(CompressedComputationQuality.SampledLoss(model, model.Model.Network) / spec.NaiveLoss, least, most);
    }

    /// <summary>Retraining from scratch at a hundredth of the size meets the bar, with an embedding and without.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Retraining_meets_the_bar(bool hasEmbedding)
    {
        var result = CompressedComputation.Recipe(hasEmbedding ? s_small : s_smallControl).Train(0, null, CancellationToken.None);
        Assert.True(result.MeetsBar, result.Shortfall);
        Certified.Holds(result.Model);
    }

    /// <summary>Mutants: untrained weights, and the naive network where M is to be exploited.</summary>
    [Fact]
    public void Weights_that_exploit_nothing_are_rejected()
    {
        var layout = CompressedComputationNetwork.Layout(s_small);
        var untrained = tensor(Initialisation.Gaussian(layout, 1, new RandomSource(3)));
        Certified.Rejects(CompressedComputation.WithParameters(s_small, 0, untrained), "beats the naive loss");
        Certified.Rejects(CompressedComputation.WithParameters(s_small, 0, Naive(s_small)), "beats the naive loss");
        Certified.Rejects(CompressedComputation.WithParameters(s_smallControl, 0, untrained), "reaches the naive loss");
    }

    /// <summary>The hand-coded plant is the truth for every seed and size: ablation, activity on every input, Hessian. Rejects neurons that collide.</summary>
    [Property(MaxTest = 10)]
    public void The_exact_truth_proves_itself_for_every_seed(ulong seed, byte features)
    {
        using var scope = NewDisposeScope();
        var count = 2 + features % 29;
        Certified.Holds(CompressedComputation.CreateExact(new CompressedComputationSpec("exact", [count], EmbeddingWidth: null) { Features = count }, seed));
    }

    /// <summary>Its rotated twin has no zero by which the features could be told apart, and the same certificate.</summary>
    [Fact]
    public void The_rotated_exact_network_is_dense()
    {
        var twin = Disguises.Apply(CompressedComputation.CreateExact(s_smallExact, 3), DisguiseKind.Rotate, 0);
        Assert.True(twin.Model.Parameters.abs().min().ToDouble() > Tolerances.SameOutputs);
        Certified.Holds(twin);
    }

    /// <summary>Mutants: outputs of two features exchanged, so that each subnetwork reads one and writes the other; a feature active on the next sample.</summary>
    [Fact]
    public void The_exact_certificate_rejects_crossed_features_and_wrong_activity()
    {
        var model = CompressedComputation.CreateExact(s_smallExact, 3);
        var crossed = model.WithCoordinatesExchanged((4, Mutations.Indices(model, 4)[1]), (7, Mutations.Indices(model, 7)[1]));
        Certified.Rejects(crossed, "does not couple");
        Certified.Rejects(crossed, "sum of what perturbing each does");
        Certified.Rejects(crossed, "without its subnetwork");
        Certified.Rejects(model.WithActivityShifted(4), "where it is inactive");
        Certified.Rejects(model.WithActivityShifted(4), "wherever it is active");
    }

    /// <summary>Mutant: a plant whose features are shifted by one.</summary>
    [Fact]
    public void The_exact_certificate_rejects_a_shifted_plant()
    {
        var model = ToyModelCatalog.Create("compressed-computation-exact");
        var planted = model.Truth.Subnetworks;
        PlantedSubnetwork[] shifted = [.. planted.Select((one, i) => one with { Component = planted[(i + 1) % planted.Count].Component })];
        var mutant = model with { Truth = model.Truth with { Subnetworks = shifted } };
        Certified.Rejects(mutant, "without its subnetwork");
        Certified.Rejects(mutant, "own subspace");
    }

    /// <summary>Mutant: one weight of the hand-coded network off by 1e-6.</summary>
    [Fact]
    public void The_exact_certificate_rejects_a_wrong_weight()
    {
        var model = ToyModelCatalog.Create("compressed-computation-exact");
        var parameters = model.Model.Parameters.clone();
        parameters[parameters.abs().argmax().ToInt64()] *= 1 + 1e-6;
        Certified.Rejects(model with { Model = model.Model with { Parameters = parameters } }, "y = x + ReLU(x)");
    }

    [Theory]
    [InlineData("compressed-computation-1", TruthGrade.Disputed, 100)]
    [InlineData("compressed-computation-2", TruthGrade.Disputed, 100)]
    [InlineData("compressed-computation-exact", TruthGrade.Exact, 2)]
    public void A_feature_is_a_column_and_a_row_or_what_it_needs_of_them(string id, TruthGrade grade, long dimension)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal((grade, 100), (model.Truth.Grade, model.Truth.Subnetworks.Count));
        Assert.All(model.Truth.Subnetworks, planted => Assert.Equal(dimension, planted.Subspace.Dimension));
        Assert.All(model.Truth.Subnetworks, planted => Assert.Contains(true, planted.Activity["all"]));
        Assert.DoesNotContain(model.Truth.DecomposedTensors, name => name.StartsWith("link", StringComparison.Ordinal));
    }

    /// <summary>Rejects a disguise that forgets that later layers read a neuron through their links.</summary>
    [Theory]
    [InlineData("compressed-computation-3", DisguiseKind.Permute, DisguiseKind.Rescale)]
    [InlineData("compressed-computation-exact", DisguiseKind.Permute, DisguiseKind.Rescale, DisguiseKind.Rotate)]
    public void Disguises_keep_the_outputs(string id, params DisguiseKind[] admitted)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(admitted, model.AdmissibleDisguises);
        foreach (var twin in model.AdmissibleDisguises.Select(kind => Disguises.Apply(model, kind, 1)))
        {
            Assert.InRange((Ablation.Outputs(twin) - Ablation.Outputs(model)).abs().max().ToDouble(), 0, Tolerances.SameOutputs);
            Assert.True((twin.Model.Parameters - model.Model.Parameters).abs().max().ToDouble() > 0.01);
        }
    }

    /// <summary>Rejects gaps that are off by one, which change the rate, and values that are not uniform in [−1, 1).</summary>
    [Fact]
    public void Features_are_sparse_and_uniform()
    {
        var inputs = SignedFeatures.Sample(new RandomSource(3), 20_000, 100);
        var on = inputs.ne(0);
        // Five standard errors of 2,000,000 draws, of 20,000 uniforms and of their squares.
        Assert.InRange(on.to(float64).mean().ToDouble(), 0.01 - 0.00035, 0.01 + 0.00035);
        Assert.InRange((inputs.sum() / on.sum()).ToDouble(), -0.0205, 0.0205);
        Assert.InRange((inputs.square().sum() / on.sum()).ToDouble(), 1.0 / 3 - 0.0106, 1.0 / 3 + 0.0106);
        Assert.InRange(on[TensorIndex.Colon, 0].to(float64).mean().ToDouble(), 0.005, 0.016);
    }

    [Fact]
    public void An_exact_network_needs_a_neuron_for_every_feature() => Assert.StartsWith(
        "The exact network has one layer with 100 neurons, one a feature, and no embedding; got layers of 50.",
        Assert.Throws<ArgumentException>(() => CompressedComputation.CreateExact(CompressedComputation.Specs[0], 0)).Message);

    /// <summary>Features 0 … d − 1 get a neuron each.</summary>
    private static Tensor Naive(CompressedComputationSpec spec)
    {
        var (n, d) = (spec.Features, spec.NeuronCount);
        var incoming = zeros(d, n, dtype: float64);
        incoming.narrow(1, 0, d).copy_(eye(d, dtype: float64));
        return cat([incoming.reshape(-1), incoming.t().reshape(-1)], 0);
    }

    /// <summary>
    /// The residual network of width D, layer by layer. Within the span of the embedding W_in and W_out are fixed by the reduced weights; in its
    /// complement each layer writes to coordinates of its own, which carry the rest of the links.
    /// </summary>
    private static Tensor Residual(CompressedComputationSpec spec, ParameterLayout layout, Tensor parameters, Tensor embedding, Tensor x)
    {
        var tensors = layout.Zip(layout.Split(parameters)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        var dual = linalg.inv(embedding.matmul(embedding.t())).matmul(embedding);
        // Orthonormal rows that the embedding does not reach.
        var free = linalg.svd(embedding, fullMatrices: true).Vh.narrow(0, spec.Features, embedding.shape[1] - spec.Features);
        var stream = x.matmul(embedding);
        var written = new List<(Tensor Out, Tensor Place)>();
        for (var layer = 1; layer <= spec.Neurons.Count; layer++)
        {
            var incoming = tensors[$"in{layer}"].matmul(dual);
            var column = 0L;
            foreach (var (earlier, place) in written)
            {
                var link = tensors[$"link{layer}"].narrow(1, column, earlier.shape[1]);
                incoming = incoming + (link - tensors[$"in{layer}"].matmul(dual).matmul(earlier)).matmul(place);
                column += earlier.shape[1];
            }
            var width = spec.Neurons[layer - 1];
            var own = free.narrow(0, spec.Neurons.Take(layer - 1).Sum(), width);
            var outgoing = dual.t().matmul(tensors[$"out{layer}"]) + own.t();
            stream = stream + stream.matmul(incoming.t()).relu().matmul(outgoing.t());
            written.Add((outgoing, own));
        }
        return stream.matmul(embedding.t());
    }
}

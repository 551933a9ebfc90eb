using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DigitPatternTests : Scoped
{
    public static TheoryData<string> Ids => [.. DigitPattern.Specs.Select(spec => spec.Id)];

    /// <summary>The architectures that toymodels.md and numerics.md name, by their number of parameters.</summary>
    [Theory]
    [InlineData("digit-pattern-cnn", 7_122)]
    [InlineData("digit-pattern-cnn-mixed", 7_122)]
    [InlineData("digit-pattern-cnn-80k", 80_202)]
    public void ItIsTheStatedArchitecture(string id, long parameters)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(parameters, model.Model.Network.Layout.Length);
        string[] names = ["digits-train", "patterns-train", "mixed-train", "digits-test", "patterns-test", "mixed-test"];
        Assert.Equal(names, model.DataSets.Select(data => data.Name));
        Assert.Equal(Spec(id).Schedule.IsMixedOnly ? 1e-2 : 0, model.Model.Loss.WeightDecay);
    }

    /// <summary>Mutants: weights straight from the initialiser; a classifier that has its labels off by one; features read upside down.</summary>
    [Theory]
    [InlineData("digit-pattern-cnn-80k", "untrained")]
    [InlineData("digit-pattern-cnn", "off by one")]
    [InlineData("digit-pattern-cnn-mixed", "upside down")]
    public void CertificateRejectsMutants(string id, string mutation)
    {
        var (spec, model) = (Spec(id), ToyModelCatalog.Create(id));
        var layout = DigitPatternNetwork.Layout(spec);
        var parts = layout.Split(model.Model.Parameters);
        var parameters = mutation switch
        {
            "untrained" => tensor(Initialisation.Gaussian(layout, 1, new RandomSource(1))),
            "off by one" => layout.Flatten([.. parts.Take(6), parts[6].roll(1, 0), parts[7].roll(1, 0)]),
            _ => layout.Flatten([.. parts.Select(part => part.ndim == 4 && part.shape[0] == spec.Hidden ? part.flip(2) : part)]),
        };
        var results = model.Certificate.Examine(model with { Model = model.Model with { Parameters = parameters } });
        Assert.All(results, result => Assert.False(result.Holds, $"{result.Check.Name}: {result.Measured}"));
    }

    /// <summary>Rejects a disguise that forgets the channel axis of a tensor, and rescaling of SiLU units.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void DisguisesKeepTheOutputs(string id)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(Spec(id).IsSmooth ? [DisguiseKind.Permute] : [DisguiseKind.Permute, DisguiseKind.Rescale], model.AdmissibleDisguises);
        var inputs = model.DataSets[0].Inputs.narrow(0, 0, 100);
        var outputs = model.Model.Network.Forward(model.Model.Parameters, inputs);
        foreach (var twin in model.AdmissibleDisguises.Select(kind => Disguises.Apply(model, kind, 0)))
        {
            Assert.True((twin.Model.Parameters - model.Model.Parameters).abs().max().ToDouble() > 0.01);
            var difference = twin.Model.Network.Forward(twin.Model.Parameters, inputs) - outputs;
            Assert.True((difference.abs().max() / outputs.abs().max()).ToDouble() <= Tolerances.SameOutputs);
        }
    }

    /// <summary>Rejects a trainer that does not learn or does not use what it is told to: a short run on few images does five times as well as chance.</summary>
    [Fact]
    public void AShortTrainingLearns()
    {
        var spec = Spec("digit-pattern-cnn") with
        {
            Schedule = new(1e-2, PureEpochs: 3, FinalEpochs: 3, IsMixedOnly: false) { ImagesPerSet = 600 },
        };
        var parameters = DigitPatternTraining.Train(spec, 0, 1, new TrainingWatch());
        var model = DigitPattern.WithParameters(spec, 0, parameters);
        var accuracy = model.Certificate.Examine(model).ToDictionary(result => result.Check.Name, result => result.Measured);
        Assert.True(accuracy["digits-test is classified"] > 0.5, $"{string.Join(", ", accuracy)}");
        Assert.True(accuracy["patterns-test is classified"] > 0.5, $"{string.Join(", ", accuracy)}");
        Assert.True(accuracy["mixed-test is classified"] > 0.5, $"{string.Join(", ", accuracy)}");
    }

    /// <summary>Rejects randomness that does not come from the seed, and attempts that repeat each other.</summary>
    [Fact]
    public void SeedAndAttemptDecideTheWeights()
    {
        var spec = Spec("digit-pattern-cnn-mixed");
        spec = spec with { Schedule = spec.Schedule with { FinalEpochs = 1, ImagesPerSet = 64 } };
        double[] Weights(ulong seed, int attempt) =>
            DigitPatternTraining.Train(spec, seed, attempt, new TrainingWatch()).data<double>().ToArray();
        Assert.Equal(Weights(5, 1), Weights(5, 1));
        Assert.NotEqual(Weights(5, 1), Weights(6, 1));
        Assert.NotEqual(Weights(5, 1), Weights(5, 2));
    }

    /// <summary>Rejects a training set of which the shipped <c>-train</c> images are no part.</summary>
    [Fact]
    public void ShippedTrainingImagesAreTheFirstOfThoseTrainedOn()
    {
        var model = ToyModelCatalog.Create("digit-pattern-cnn-80k");
        var longer = new DigitPatternImages(0).Sample(ImageKind.Patterns, "train", 600);
        Assert.True(model.DataSets[1].Inputs.eq(longer.Inputs.narrow(0, 0, 500)).all().ToBoolean());
    }

    private static DigitPatternSpec Spec(string id) => DigitPattern.Specs.Single(spec => spec.Id == id);
}

using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class ParallelModulesTests : Scoped
{
    public static TheoryData<string> Ids => [.. ParallelModules.Specs.Select(spec => spec.Id)];

    [Theory]
    [InlineData("parallel-modules", 19_296)]
    [InlineData("parallel-modules-cnn", 9_136)]
    [InlineData("parallel-modules-48", 38_592)]
    [InlineData("parallel-modules-cnn-16", 20_576)]
    public void ItIsTheStatedArchitecture(string id, long parameters)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(parameters, model.Model.Network.Layout.Length);
        Assert.Equal(["digits", "patterns"], model.Truth.Subnetworks.Select(planted => planted.Name));
        Assert.All(model.Truth.Subnetworks, planted => Assert.Equal(parameters / 2, planted.Subspace.Dimension));
        string[] names = ["digits-train", "patterns-train", "mixed-train", "digits-test", "patterns-test", "mixed-test"];
        Assert.Equal(names, model.DataSets.Select(data => data.Name));
    }

    /// <summary>Mutants: two units' weights exchanged between the branches; a vote that was missed; each branch in the other's place.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertificateRejectsWrongTruths(string id)
    {
        var model = ToyModelCatalog.Create(id);
        var exchanged = model.WithCoordinatesExchanged((0, Mutations.Indices(model, 0)[4]), (1, Mutations.Indices(model, 1)[4]));
        Certified.Rejects(exchanged, "where it is inactive");
        Certified.Rejects(exchanged, "has no curvature");
        var missed = model.WithoutCoordinate(1, Mutations.Indices(model, 1)[^1]);
        Certified.Rejects(missed, "add up");
        var swapped = model.WithBlock(0, Mutations.Indices(model, 1)).WithBlock(1, Mutations.Indices(model, 0));
        Certified.Rejects(swapped, "has no logits");
        Certified.Rejects(swapped, "where it is inactive");
        Certified.Rejects(swapped, "wherever it is active");
    }

    /// <summary>Mutants: weights straight from the initialiser; votes off by one.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void BarRejectsBadWeights(string id)
    {
        var (spec, model) = (Spec(id), ToyModelCatalog.Create(id));
        var layout = model.Model.Network.Layout;
        var parts = layout.Split(model.Model.Parameters);
        var rolled = layout.Flatten([.. parts.SkipLast(1), parts[^1].roll(1, 0)]);
        foreach (var parameters in new[] { tensor(Initialisation.Gaussian(layout, 1, new(1))), rolled })
        {
            var mutant = model with { Model = model.Model with { Parameters = parameters } };
            Assert.All(ParallelModulesCertificate.Bar, check => Assert.False(check.Holds(check.Measure(mutant)), check.Name));
        }
    }

    /// <summary>Rejects a view that shows what is not its own, mixtures that repeat the pure images, and a set that depends on its length.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void ViewsAreDisjoint(string id)
    {
        var spec = Spec(id);
        var images = new ParallelModulesImages(spec, 5);
        var (digits, patterns, mixed) = (images.Sample(ImageKind.Digits, "train", 20), images.Sample(ImageKind.Patterns, "train", 20), images.Sample(ImageKind.Mixed, "train", 20));
        Tensor View(Tensor inputs, int view) => spec.IsConvolutional ? inputs.narrow(1, view, 1) : inputs.narrow(2, 14 * view, 14);
        Assert.Equal(0, View(digits.Inputs, 1).abs().max().ToDouble());
        Assert.Equal(0, View(patterns.Inputs, 0).abs().max().ToDouble());
        foreach (var view in new[] { 0, 1 })
        {
            var pure = view == 0 ? digits : patterns;
            Assert.True(View(pure.Inputs, view).amax(1, 2, 3).min().ToDouble() > 0.5);
            Assert.True((View(pure.Inputs, view) - View(mixed.Inputs, view)).abs().amax(1, 2, 3).min().ToDouble() > 0.1);
        }
        Assert.True(images.Sample(ImageKind.Mixed, "train", 10).Inputs.eq(mixed.Inputs.narrow(0, 0, 10)).all().ToBoolean());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)(i % 10)), mixed.Targets.data<long>().ToArray());
    }

    /// <summary>Rejects a trainer that does not learn, or not both branches; and randomness that does not come from seed and attempt.</summary>
    [Theory]
    [InlineData("parallel-modules", 20)]
    [InlineData("parallel-modules-cnn", 4)]
    public void AShortTrainingLearns(string id, int epochs)
    {
        var spec = Spec(id) with { Epochs = epochs, ImagesPerSet = 400 };
        Tensor Trained(ulong seed, int attempt) => ParallelModulesTraining.Train(spec, seed, attempt, new TrainingWatch());
        var weights = Trained(0, 1);
        var model = ParallelModules.WithParameters(spec, 0, weights);
        foreach (var check in ParallelModulesCertificate.Bar)
            Assert.True(check.Measure(model) > 0.3, $"{check.Name}: {check.Measure(model)}");
        spec = spec with { Epochs = 1, ImagesPerSet = 64 };
        Assert.Equal(Trained(5, 1).data<double>().ToArray(), Trained(5, 1).data<double>().ToArray());
        Assert.NotEqual(Trained(5, 1).data<double>().ToArray(), Trained(6, 1).data<double>().ToArray());
        Assert.NotEqual(Trained(5, 1).data<double>().ToArray(), Trained(5, 2).data<double>().ToArray());
    }

    /// <summary>
    /// The seed document's claim about parallel skills, here exact: the pure sets' leading eigenvectors lie in their own branch, so that the two
    /// eigenspaces are orthogonal. Rejects a leak of any size between the branches.
    /// </summary>
    [Fact]
    public void LeadingEigenvectorsStayInTheirBranch()
    {
        var model = ToyModelCatalog.Create("parallel-modules");
        foreach (var branch in new[] { 0, 1 })
        {
            var landscape = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[branch]);
            using var hessian = landscape.Hessian(model.Model.Parameters);
            var pairs = new ThickRestartLanczos().Solve(hessian, new EigenRequest(3) { HasValidity = false });
            Assert.True(pairs.Values[^1] > 0);
            Assert.Equal(0, model.Truth.Subnetworks[branch].Subspace.ProjectOff(pairs.Vectors).abs().max().ToDouble(), Tolerances.EquivalentAnswers);
        }
    }

    private static ParallelModulesSpec Spec(string id) => ParallelModules.Specs.Single(spec => spec.Id == id);
}

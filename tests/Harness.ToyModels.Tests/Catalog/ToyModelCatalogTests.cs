using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class ToyModelCatalogTests : Scoped
{
    public static TheoryData<string> Ids => [.. ToyModelCatalog.Entries.Select(entry => entry.Id)];

    /// <summary>Rejects any model whose truth is not what its weights do.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertificateHolds(string id) => Certified.Holds(ToyModelCatalog.Create(id));

    /// <summary>Rejects a generator that takes its randomness from anything but the seed.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void EqualSeedsGiveEqualBits(string id)
    {
        var (first, second) = (ToyModelCatalog.Create(id), ToyModelCatalog.Create(id));
        Assert.True(Same(first.Model.Parameters, second.Model.Parameters));
        foreach (var (left, right) in first.DataSets.Zip(second.DataSets))
            Assert.True(Same(left.Inputs, right.Inputs) && Same(left.Targets, right.Targets));
        foreach (var (name, constant) in first.Model.Network.Constants)
            Assert.True(Same(constant, second.Model.Network.Constants[name]));
    }

    /// <summary>
    /// Rejects a model that forgets to say which model and seed it is, or whose truth does not fit its parameters and data.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void TruthFitsTheModel(string id)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.Equal((id, 0UL), (model.Id, model.Seed));
        var length = model.Model.Network.Layout.Length;
        foreach (var planted in model.Truth.Subnetworks)
        {
            Assert.Equal(length, planted.Subspace.AmbientDimension);
            Assert.All(model.DataSets, data => Assert.Equal(data.Count, planted.Activity[data.Name].Length));
        }
        Assert.All(model.Truth.DecomposedTensors, name => Assert.True(model.Model.Network.Layout.Contains(name)));
        Assert.NotEmpty(model.Truth.Statement);
    }

    /// <summary>
    /// Rejects a model whose tensors die with the scope that built it, or that leaves its workings behind in the caller's.
    /// </summary>
    [Theory]
    [InlineData("modular-addition", 2 + 1 + 3 + 3)] // data, θ*, components, output planes
    [InlineData("direct-sum", 2 + 1 + 3)]
    [InlineData("planted-spectrum/separated-rotated", 2 + 1 + 2)] // data, θ*, constants
    [InlineData("superposition-5-2-untied", 1 + 1 + 5)] // data (targets are inputs), θ*, components
    public void TensorsBelongToTheCallersScope(string id, long expected)
    {
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var model = ToyModelCatalog.Create(id);
        Assert.Equal(expected, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount - before);
        Assert.True(model.Model.Parameters.isfinite().all().ToBoolean());
    }

    /// <summary>Mutant: one weight, or one entry of the last component, is NaN. NaN is neither the largest nor the least of anything.</summary>
    [Theory]
    [InlineData("modular-addition")]
    [InlineData("direct-sum")]
    [InlineData("gated-functions")]
    [InlineData("gated-modular-addition")]
    [InlineData("deep-linear")]
    [InlineData("parallel-modules")]
    [InlineData("planted-spectrum/separated-rotated")]
    [InlineData("superposition-5-2")]
    [InlineData("superposition-5-2-untied")]
    [InlineData("superposition-5-5")]
    [InlineData("modular-addition-mlp")]
    [InlineData("superposition-40-10")]
    [InlineData("logistic-regression")]
    [InlineData("digit-pattern-cnn")]
    public void CertificateRejectsNaN(string id)
    {
        var model = ToyModelCatalog.Create(id);
        var weights = model.Model.Parameters.clone();
        weights[0] = double.NaN;
        var broken = model.Certificate.Examine(model with { Model = model.Model with { Parameters = weights } });
        Assert.True(broken.Count(result => !result.Holds) >= 2);
        if (model.Truth.Subnetworks is not { Count: > 0 } planted)
            return;
        var component = planted[^1].Component!.clone();
        component[component.shape[0] - 1] = double.NaN;
        var truth = model.Truth with
        {
            Subnetworks = [.. planted.SkipLast(1), planted[^1] with { Component = component }],
            DecomposedTensors = [.. model.Model.Network.Layout.Select(slot => slot.Name)],
        };
        Certified.Rejects(model with { Truth = truth }, "add up");
    }

    [Fact]
    public void UnknownIdIsAnErrorThatNamesItsRelatives()
    {
        var error = Assert.Throws<ArgumentException>(() => ToyModelCatalog.Create("planted-spectra"));
        Assert.StartsWith("No toy model has the id 'planted-spectra'; did you mean planted-spectrum/", error.Message);
        Assert.Contains("`harness list` shows them all", Assert.Throws<ArgumentException>(() => ToyModelCatalog.Create("nonsense")).Message);
    }

    private static bool Same(Tensor left, Tensor right) => left.eq(right).all().ToBoolean();
}

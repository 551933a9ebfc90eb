using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Networks;

public class ModelDocumentTests
{
    public static TheoryData<string> Networks => ["mlp", "convolutional", "tokens"];

    /// <summary>model.json read back computes the same bits. Kills an attribute that is not written (stride, groups, padding, factor …).</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_model_read_back_computes_the_same(string name)
    {
        using var scope = NewDisposeScope();
        var (network, inputs) = Sample(name);
        var model = new Model(network, TestNetworks.Parameters(network, 3), new Loss(LossKind.MeanSquaredError, 0.25));
        var tensors = network.Layout.Zip(network.Layout.Split(model.Parameters)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        foreach (var (key, constant) in network.Constants)
            tensors[key] = constant;

        var rebuilt = ModelDocument.Parse(ModelDocument.Of(model).ToJson()).Build(tensors);

        Assert.Equal(model.Loss, rebuilt.Loss);
        Assert.True(rebuilt.Network.Forward(rebuilt.Parameters, inputs).Equals(network.Forward(model.Parameters, inputs)));
    }

    /// <summary>Kills: a factor that is lost on the way to whoever reads the document.</summary>
    [Fact]
    public void Refuses_to_write_what_it_has_no_place_for()
    {
        using var scope = NewDisposeScope();
        var (network, _) = Sample("mlp");
        var model = new Model(network, TestNetworks.Parameters(network, 3), new Loss(LossKind.MeanSquaredError) { Factor = 2 });
        Assert.Contains("no place for a factor", Assert.Throws<ArgumentException>(() => ModelDocument.Of(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"model/1\"}")]
    [InlineData(Valid, "\"relu\"", "\"system\"")]
    [InlineData(Valid, "\"in\"", "\"from\"")]
    [InlineData(Valid, "\"cross_entropy\"", "\"hinge\"")]
    [InlineData(Valid, "\"output\"", "\"extra\":1,\"output\"")]
    [InlineData(Valid, "[2]", "[\"two\"]")]
    public void Refuses_what_is_not_a_model_document(string json, string replace = "", string by = "")
    {
        if (replace.Length > 0)
        {
            Assert.Contains(replace, json);
            json = json.Replace(replace, by);
        }
        Assert.Throws<NetworkException>(() => ModelDocument.Parse(json));
    }

    [Theory]
    [InlineData("model/1", "model/2", "schema is 'model/2'")]
    [InlineData("[\"x\"],\"output\"", "[\"x\",\"y\"],\"output\"", "one input")]
    [InlineData("\"mean\"", "\"sum\"", "reduction")]
    [InlineData("[2]", "[3]", "'p0' should be [3], but is [2]")]
    [InlineData("\"p0\",\"shape\"", "\"p9\",\"shape\"", "'p9' should be [2], but is missing")]
    public void Refuses_a_document_that_does_not_fit(string replace, string by, string expected)
    {
        using var scope = NewDisposeScope();
        Assert.Contains(replace, Valid);
        var document = ModelDocument.Parse(Valid.Replace(replace, by));
        var error = Assert.Throws<NetworkException>(() => document.Build(new Dictionary<string, Tensor> { ["p0"] = ones(2, dtype: ScalarType.Float64) }));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void The_sample_document_itself_is_fine()
    {
        using var scope = NewDisposeScope();
        var model = ModelDocument.Parse(Valid).Build(new Dictionary<string, Tensor> { ["p0"] = ones(2, dtype: ScalarType.Float64) });
        Assert.Equal(2, model.Network.Layout.Length);
    }

    private const string Valid =
        """{"schema":"model/1","parameters":[{"name":"p0","shape":[2]}],"constants":[],"inputs":["x"],"output":"z","operations":[{"op":"multiply","in":["x","p0"],"out":"h"},{"op":"relu","in":["h"],"out":"z"}],"loss":{"kind":"cross_entropy","reduction":"mean","weight_decay":0}}""";

    private static (Network Network, Tensor Inputs) Sample(string name) => name switch
    {
        "mlp" => (TestNetworks.Mlp(), tensor(new RandomSource(1).Gaussians(6)).reshape(2, 3)),
        "convolutional" => (TestNetworks.Convolutional(), tensor(new RandomSource(1).Gaussians(128)).reshape(2, 64)),
        _ => (TestNetworks.Tokens(), tensor(new long[] { 4, 0, 2, 2 }).reshape(2, 2)),
    };
}

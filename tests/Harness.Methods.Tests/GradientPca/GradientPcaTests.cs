using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>gradient-pca against second moments that are known, or computed row by row.</summary>
public sealed class GradientPcaTests
{
    /// <summary>
    /// For z = Wx the gradient of z_q is x in row q, so the variances are the eigenvalues of mean xxᵀ, each as often as there are
    /// outputs. With x on the axes at weights 0.6, 0.3, 0.1 the moments are 0.6, 0.3·9, 0.1: the largest ratio stands after 2.7
    /// and 0.6. Kills: sample weights ignored or squared, a centred covariance, single vectors of a repeated variance, and a kept
    /// rule that cuts elsewhere.
    /// </summary>
    [Fact]
    public void Linear_models_have_known_components()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new ParameterLayout([("w", [2, 3])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "z" }], "z");
        var inputs = eye(3, dtype: float64) * tensor(new double[] { 1, 3, 1 });
        var data = new DataSet("all", inputs, zeros([3, 2], dtype: float64), tensor(new[] { 6.0, 3, 1 }));
        var subject = new Subject(new Model(network, ones([6], dtype: float64), new Loss(LossKind.MeanSquaredError)), [data]);
        var found = new GradientPca().Decompose(subject, MethodContext.Default(0));
        Assert.Equal("2.7 2.7 0.6 0.6 0.1 0.1", found.Metadata["variances"]);
        Assert.Equal(["components 0 … 1", "components 2 … 3"], found.Subnetworks.Select(one => one.Name));
        AssertSame(new CoordinateSubspace(6, [1, 4]), found.Subnetworks[0].Directions!);
        AssertSame(new CoordinateSubspace(6, [0, 3]), found.Subnetworks[1].Directions!);
    }

    /// <summary>
    /// On networks the components are the leading eigenvectors of JᵀJ/N with J written out, one row per sample and output. Kills
    /// products that mix samples, drop outputs, or differentiate the loss (whose gradient vanishes at a fit) instead of the
    /// outputs.
    /// </summary>
    [Theory]
    [InlineData("direct-sum")]
    [InlineData("superposition-5-2-untied")]
    public void Components_are_those_of_the_written_out_jacobian(string id)
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create(id);
        var data = First(toy.DataSets[0], 40);
        var model = toy.Model;
        var found = new GradientPca().Decompose(new Subject(model, [data]), MethodContext.Default(0));

        var (_, values, vectors) = linalg.svd(Jacobian(model, data), fullMatrices: false);
        var variances = (values.square() / data.Count).data<double>().ToArray();
        Assert.Equal(Kept(variances), found.Subnetworks.Count);
        for (var i = 0; i < found.Subnetworks.Count; i++)
            AssertSame(DenseSubspace.Span(vectors.narrow(0, i, 1)), found.Subnetworks[i].Directions!);
    }

    /// <summary>
    /// On closed-form modular addition the largest variance comes six times, twice for each of the three frequencies, and the
    /// eigenspace lies in all three alike: what this method can say is their sum. Kills an iteration that loses copies (a
    /// single-vector Krylov space holds one of the six), and single vectors of a repeated variance, which would look like
    /// findings.
    /// </summary>
    [Fact]
    public void Repeated_variances_are_kept_together()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition");
        var found = Assert.Single(new GradientPca().Decompose(toy.ToSubject(), MethodContext.Default(0)).Subnetworks).Directions!;
        Assert.Equal(6, found.Dimension);
        foreach (var planted in toy.Truth.Subnetworks)
            Assert.Equal(1.0 / 3, planted.Subspace.Coordinates(found.Basis()).square().sum().ToDouble() / 6, Tolerances.EquivalentAnswers);
    }

    private static int Kept(double[] variances) => 1 + Enumerable.Range(0, 20).MaxBy(i => variances[i] / variances[i + 1]);

    private static Tensor Jacobian(Model model, DataSet data)
    {
        var parameters = model.Parameters.clone().requires_grad_();
        var outputs = model.Network.Forward(parameters, data.Inputs).reshape(-1);
        return stack(Enumerable.Range(0, (int)outputs.shape[0])
            .Select(i => autograd.grad([outputs[i]], [parameters], retain_graph: true, create_graph: false)[0]));
    }

    private static DataSet First(DataSet data, long count) => new(data.Name, data.Inputs.narrow(0, 0, count), data.Targets.narrow(0, 0, count));

    private static void AssertSame(Subspace expected, Subspace actual)
    {
        Assert.Equal(expected.Dimension, actual.Dimension);
        Assert.All(PrincipalAngles.Between(expected, actual), angle => Assert.InRange(angle, 0, Tolerances.EquivalentAnswers));
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Benchmarks;

/// <summary>
/// The reference problem of the cost targets: an MLP 118 → 128 → 59 (ReLU, 22,843 parameters) on all 3,481 pairs modulo 59; wider, or modulo another
/// prime, for scaling.
/// </summary>
internal sealed class ReferenceMlp : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    internal ReferenceMlp(ScalarType dataType, int hidden = 128, int p = 59, bool alwaysDifferentiate = false)
    {
        var network = new Network(
            new ParameterLayout([("w1", [hidden, 2 * p]), ("b1", [hidden]), ("w2", [p, hidden]), ("b2", [p])]),
            [
                new LinearOperation { Inputs = ["x"], Output = "z", Weight = "w1", Bias = "b1" },
                new ReluOperation { Inputs = ["z"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Output = "y", Weight = "w2", Bias = "b2" },
            ],
            "y");
        var pairs = Enumerable.Range(0, p * p).ToArray();
        var first = one_hot(tensor(pairs.Select(i => (long)(i / p)).ToArray()), p);
        var second = one_hot(tensor(pairs.Select(i => (long)(i % p)).ToArray()), p);
        var data = new DataSet("all", cat([first, second], 1).to(ScalarType.Float64), tensor(pairs.Select(i => (long)((i / p + i % p) % p)).ToArray()));
        Parameters = tensor(new RandomSource(0).Gaussians(network.Layout.Length)) * 0.1;
        Landscape = new LossLandscape(network, new Loss(LossKind.CrossEntropy), data, new LandscapeOptions(DataType: dataType) { AlwaysDifferentiate = alwaysDifferentiate });
        Hessian = Landscape.Hessian(Parameters);
        Vector = tensor(new RandomSource(1).Gaussians(network.Layout.Length)).unsqueeze(0);
    }

    internal Tensor Parameters { get; }

    internal LossLandscape Landscape { get; }

    internal HessianOperator Hessian { get; }

    internal Tensor Vector { get; }

    private static Tensor one_hot(Tensor indices, long classes) => eye(classes, classes, ScalarType.Float64).index_select(0, indices);

    public void Dispose()
    {
        Hessian.Dispose();
        _scope.Dispose();
    }
}

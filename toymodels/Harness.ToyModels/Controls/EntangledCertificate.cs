using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Shows that the network works and that both data sets are one and the same function of the parameters, at θ* and away from it.</summary>
internal static class EntangledCertificate
{
    private const int Points = 3;

    /// <summary>When training was good.</summary>
    internal static IReadOnlyList<CertificateCheck> Bar { get; } = [Accuracy("first", 0), Accuracy("second", 1), Accuracy("mixed", 2)];

    /// <summary>Differences of value, gradient and curvature between the data sets.</summary>
    internal static IReadOnlyList<CertificateCheck> Entanglement { get; } =
    [
        new("the losses of first and second are the same function: outputs", model => Worst(model, Outputs), Tolerances.SameOutputs, true, Unit),
        new("the losses of first and second are the same function: gradients", model => Worst(model, Gradients), Tolerances.SameOutputs, true, Unit),
        new("the losses of first and second are the same function: Hessian products", model => Worst(model, Products), Tolerances.SameOutputs, true, Unit),
    ];

    private const string Unit = "largest relative difference, at θ* and at random θ";

    private static CertificateCheck Accuracy(string name, int set) => new(
        $"digits are classified in {name}",
        model => model.Model.Parameters.isfinite().all().ToBoolean() ? Classification.Accuracy(model, set) : double.NaN, 0.8, false, "accuracy");

    private static double Worst(ToyModel model, Func<LossLandscape, Tensor, Tensor> measure)
    {
        using var scope = NewDisposeScope();
        var random = RandomSource.Named(model.Seed, "certificate/points");
        var scale = model.Model.Parameters.square().mean().sqrt();
        var first = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0]);
        var second = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[1]);
        return Enumerable.Range(0, Points).Select(point =>
        {
            using var inner = NewDisposeScope();
            var shift = tensor(random.Gaussians(model.Model.Parameters.shape[0])) * scale * (double)point;
            var (left, right) = (measure(first, model.Model.Parameters + shift), measure(second, model.Model.Parameters + shift));
            return ((left - right).norm() / left.norm()).ToDouble();
        }).ToArray().Largest();
    }

    private static Tensor Outputs(LossLandscape landscape, Tensor parameters) => landscape.Outputs(parameters);

    private static Tensor Gradients(LossLandscape landscape, Tensor parameters) => landscape.Gradient(parameters);

    private static Tensor Products(LossLandscape landscape, Tensor parameters)
    {
        using var scope = NewDisposeScope();
        using var hessian = landscape.Hessian(parameters);
        var probe = tensor(RandomSource.Named(0, "certificate/probe").Gaussians(hessian.Dimension), [1, hessian.Dimension]);
        return hessian.Multiply(probe).MoveToOuterDisposeScope();
    }
}

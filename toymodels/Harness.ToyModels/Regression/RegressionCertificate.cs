using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Shows that θ* is the minimum and that automatic differentiation and the formula give one Hessian.</summary>
internal static class RegressionCertificate
{
    /// <summary>A definition: a tenth of the weight decay that alone bends the logistic loss in its flat directions; rounding is 1e-14.</summary>
    private const double LeastOfAMinimum = 1e-3;

    internal static Certificate Of(RegressionSpec spec) => new(
    [
        new("θ* is stationary", GradientShare, Tolerances.StationaryGradient, true, "gradient's norm, relative to that at θ = 0"),
        new("θ* is a minimum", LeastCurvature, LeastOfAMinimum, false, "least eigenvalue"),
        new(
            "the Hessian is the closed form", HessianError, Tolerances.SameProduct(Tolerances.AssumedNoise64), true,
            "norm of the difference, relative to the Hessian's"),
        new(
            "eigenvalues come as often as stated", model => MultiplicityError(model, spec), Tolerances.Reconstruction(32), true,
            "largest distance within a multiple eigenvalue, relative to the norm"),
    ]);

    private static double GradientShare(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var landscape = Landscape(model);
        var atZero = landscape.Gradient(zeros_like(model.Model.Parameters)).norm();
        return (landscape.Gradient(model.Model.Parameters).norm() / atZero).ToDouble();
    }

    private static double LeastCurvature(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return Spectra.Eigenvalues(Product(model)).min().ToDouble();
    }

    private static double HessianError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var exact = Regression.Hessian(Landscape(model), model.Model.Parameters);
        return ((Product(model) - exact).norm() / exact.norm()).ToDouble();
    }

    /// <summary>Squared error: groups of o. Cross-entropy: the d + 1 least are the weight decay.</summary>
    private static double MultiplicityError(ToyModel model, RegressionSpec spec)
    {
        using var scope = NewDisposeScope();
        var ascending = Spectra.Eigenvalues(Product(model)).data<double>().ToArray();
        var distances = spec.Loss.WeightDecay > 0
            ? ascending.Take(spec.Features + 1).Select(value => Math.Abs(value - spec.Loss.WeightDecay))
            : ascending.Chunk(spec.Outputs).Select(group => group[^1] - group[0]);
        return distances.Largest() / ascending[^1];
    }

    private static Tensor Product(ToyModel model)
    {
        using var scope = NewDisposeScope();
        using var hessian = Landscape(model).Hessian(model.Model.Parameters);
        return hessian.Multiply(eye(hessian.Dimension, dtype: float64)).MoveToOuterDisposeScope();
    }

    private static LossLandscape Landscape(ToyModel model) => new(model.Model.Network, model.Model.Loss, model.DataSets[0]);
}

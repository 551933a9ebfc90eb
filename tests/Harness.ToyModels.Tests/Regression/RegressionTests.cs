using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class RegressionTests : Scoped
{
    /// <summary>
    /// Rejects a missing 2, a missing −ppᵀ, an ignored sample weight, a forgotten weight decay, and rows that are not in layout order: at any θ, not
    /// only at the minimum.
    /// </summary>
    [Property(MaxTest = 20, Arbitrary = [typeof(RegressionSpecs)])]
    public void ClosedFormIsTheHessianEverywhere(RegressionSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        var landscape = Landscape(Regression.Create(spec, seed));
        var point = tensor(RandomSource.Named(seed, "regression-tests/point").Gaussians(landscape.Dimension));
        var exact = Regression.Hessian(landscape, point);
        using var hessian = landscape.Hessian(point);
        var product = hessian.Multiply(eye(landscape.Dimension, dtype: float64));
        Assert.InRange(((product - exact).norm() / exact.norm()).ToDouble(), 0, Tolerances.SameProduct(Tolerances.AssumedNoise64));
    }

    /// <summary>Rejects a fit that stops early. (Small classes may be separable, but weight decay keeps the minimum.)</summary>
    [Property(MaxTest = 10, Arbitrary = [typeof(RegressionSpecs)])]
    public void EverySeedIsFittedToItsMinimum(RegressionSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = Regression.Create(spec, seed);
        var landscape = Landscape(model);
        var atZero = landscape.Gradient(zeros_like(model.Model.Parameters)).norm().ToDouble();
        Assert.InRange(landscape.Gradient(model.Model.Parameters).norm().ToDouble() / atZero, 0, Tolerances.StationaryGradient);
    }

    /// <summary>One sample x = 2, two classes, θ = 0: p = (½, ½), K = ¼[[1, −1], [−1, 1]], x̃x̃ᵀ = [[4, 2], [2, 1]]; written out by hand.</summary>
    [Fact]
    public void TheSmallestLogisticHessianIsTheOneByHand()
    {
        var network = new Network(
            new ParameterLayout([("w", [2, 1]), ("b", [2])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Bias = "b", Output = "y" }], "y");
        var data = new DataSet("all", tensor([2.0], [1, 1]), tensor([0L]));
        var hessian = Regression.Hessian(new LossLandscape(network, new Loss(LossKind.CrossEntropy), data), zeros(4, dtype: float64));
        Assert.Equal([1, -1, 0.5, -0.5, -1, 1, -0.5, 0.5, 0.5, -0.5, 0.25, -0.25, -0.5, 0.5, -0.25, 0.25], hessian.data<double>().ToArray());
    }

    /// <summary>Mutant: a point beside the minimum.</summary>
    [Theory]
    [InlineData("linear-regression")]
    [InlineData("logistic-regression")]
    public void CertificateRejectsAPointBesideTheMinimum(string id)
    {
        var model = ToyModelCatalog.Create(id);
        Certified.Rejects(model with { Model = model.Model with { Parameters = model.Model.Parameters + 1e-6 } }, "stationary");
    }

    /// <summary>Rejects a planted spectrum that states an eigenvalue less often than it comes; a solver is judged by these numbers.</summary>
    [Fact]
    public void EigenvaluesAreThoseOfTheFormula()
    {
        var linear = ToyModelCatalog.Create("linear-regression");
        Assert.Equal(27, linear.Truth.Eigenvalues!.Count);
        var inputs = cat([linear.DataSets[0].Inputs, ones(400, 1, dtype: float64)], 1);
        var shares = (linear.DataSets[0].Weights! / linear.DataSets[0].Weights!.sum()).unsqueeze(1);
        var moments = linalg.eigvalsh(matmul(inputs.transpose(0, 1), inputs * shares)).data<double>().ToArray();
        foreach (var (value, expected) in linear.Truth.Eigenvalues.Zip(moments.Reverse().SelectMany(moment => Enumerable.Repeat(2 * moment, 3))))
            Assert.Equal(expected, value, 12);
        var logistic = ToyModelCatalog.Create("logistic-regression").Truth.Eigenvalues!;
        Assert.Equal(28, logistic.Count);
        Assert.Equal(7, logistic.Count(value => Math.Abs(value - 1e-2) < Tolerances.SameEntries));
    }

    [Fact]
    public void TheFormulaRefusesOtherNetworks()
    {
        var model = ToyModelCatalog.Create("modular-addition");
        var message = Assert.Throws<ArgumentException>(() => Regression.Hessian(Landscape(model), model.Model.Parameters)).Message;
        Assert.StartsWith("The closed form holds for one linear layer with parameters w and b; this network has 10 operations.", message);
    }

    private static LossLandscape Landscape(ToyModel model) => new(model.Model.Network, model.Model.Loss, model.DataSets[0]);
}

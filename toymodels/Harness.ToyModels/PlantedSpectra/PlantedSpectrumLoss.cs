using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// A network and a loss whose Hessian at θ* is a given symmetric matrix A, definite or not. The output is <c>q = ½(θ − θ*)ᵀA(θ − θ*)</c> for every
/// sample and the squared error against −½ is <c>(q + ½)²</c>: at θ*, <c>∇L = 2(q + ½)∇q = 0</c> and <c>∇²L = 2(q + ½)A + 2∇q∇qᵀ = A</c>.
/// </summary>
public static class PlantedSpectrumLoss
{
    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    public static ToyModel Create(PlantedSpectrum spectrum, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var n = spectrum.Dimension;
        var point = RandomSource.Named(seed, $"{spectrum.Id}/point").Gaussians(n);
        var network = Architecture(n, spectrum.Matrix(seed), tensor(point.Select(value => -value).ToArray()));
        return new ToyModel
        {
            Id = spectrum.Id,
            Seed = seed,
            Model = new Model(network, tensor(point), new Loss(LossKind.MeanSquaredError)),
            DataSets = [new DataSet("all", zeros(1, 1, dtype: float64), full(1, 1, -0.5, dtype: float64))],
            Truth = new Truth(
                $"The Hessian at θ* has the eigenvalues {spectrum.Description}; there are no subnetworks.", TruthGrade.Exact, [], [], spectrum.Eigenvalues),
            AdmissibleDisguises = [],
            Certificate = Certificate(spectrum, seed),
        };
    }

    private static Network Architecture(int n, Tensor matrix, Tensor minusPoint) => new(
        new ParameterLayout([("theta", [n])]),
        [
            new AddOperation { Inputs = ["theta", "minus_point"], Output = "offset" },
            new ReshapeOperation { Inputs = ["offset"], NewShape = [1, n], Output = "row" },
            new LinearOperation { Inputs = ["row"], Weight = "matrix", Output = "product" },
            new MultiplyOperation { Inputs = ["row", "product"], Output = "terms" },
            new SumOperation { Inputs = ["terms"], Dimension = 1, KeepDimension = true, Output = "twice" },
            new ScaleOperation { Inputs = ["twice"], Factor = 0.5, Output = "form" },
            // The sample is 0 and changes nothing but the number of rows: any batch of samples is answered.
            new AddOperation { Inputs = ["x", "form"], Output = "q" },
        ],
        "q",
        constants: new Dictionary<string, Tensor> { ["matrix"] = matrix, ["minus_point"] = minusPoint });

    private static Certificate Certificate(PlantedSpectrum spectrum, ulong seed) => new(
    [
        new("the gradient at θ* is zero", Gradient, 0, true, "largest absolute entry"),
        // Products of A with unit vectors have one non-zero term; only the halving and doubling of the loss round.
        new(
            "the Hessian at θ* is A", model => HessianError(model, spectrum, seed), 4 * Tolerances.UnitRoundoff64, true,
            "largest absolute difference, relative to A's largest entry"),
        // LAPACK's ratio ‖A − VΛVᵀ‖/(n‖A‖u) ≤ 60, and Weyl's inequality.
        new(
            "the eigenvalues of A are the planted ones", model => SpectrumError(model, spectrum), 60 * spectrum.Dimension * Tolerances.UnitRoundoff64, true,
            "largest absolute difference, relative to the norm"),
    ]);

    private static double Gradient(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return Landscape(model).Gradient(model.Model.Parameters).abs().max().ToDouble();
    }

    private static double HessianError(ToyModel model, PlantedSpectrum spectrum, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var hessian = Landscape(model).Hessian(model.Model.Parameters);
        var matrix = spectrum.Matrix(seed);
        var difference = (hessian.Multiply(eye(spectrum.Dimension, dtype: float64)) - matrix).abs().max().ToDouble();
        return Relative(difference, matrix.abs().max().ToDouble());
    }

    private static double SpectrumError(ToyModel model, PlantedSpectrum spectrum)
    {
        using var scope = NewDisposeScope();
        using var hessian = Landscape(model).Hessian(model.Model.Parameters);
        var ascending = Spectra.Eigenvalues(hessian.Multiply(eye(spectrum.Dimension, dtype: float64))).data<double>().ToArray();
        var difference = ascending.Reverse().Zip(spectrum.Eigenvalues, (found, planted) => Math.Abs(found - planted)).Largest();
        return Relative(difference, spectrum.Eigenvalues.Max(Math.Abs));
    }

    private static LossLandscape Landscape(ToyModel model) => new(model.Model.Network, model.Model.Loss, model.DataSets[0]);

    /// <summary>The zero matrix has no scale: there the difference itself counts.</summary>
    private static double Relative(double difference, double scale) => scale == 0 ? difference : difference / scale;
}

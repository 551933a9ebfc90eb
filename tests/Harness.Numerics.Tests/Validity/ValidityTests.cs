using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Validity;

/// <summary>What there is to say where no radius is, and what one costs.</summary>
public class ValidityTests
{
    /// <summary>
    /// <c>w² + (relu(w) − 1)²</c> at w = 0: H = 2 by the convention relu′(0) = 0, but the slope jumps by 2, so the curvature over [−t, t] is 3 − 1/t. Kills: a
    /// noise measured across the kink, which would take the jump for rounding.
    /// </summary>
    [Fact]
    public void A_unit_parked_on_its_kink_has_no_validity_at_all()
    {
        using var scope = NewDisposeScope();
        using var hessian = Parked(new ReluOperation { Inputs = ["h"], Output = "r" });
        var radius = Only(hessian);
        Assert.Equal((ValidityOutcome.NeverHeld, 0.0), (radius.Outcome, radius.Radius));
        Assert.InRange(radius.LeastStep, double.Epsilon, 1e-12);
        Assert.Equal(new GateFlips(1, 1), radius.Flips);
        Assert.True(radius.RatioBeyond < -1e11, $"{radius.RatioBeyond}");
    }

    /// <summary>The same network with a smooth unit: valid over a good part of the way.</summary>
    [Fact]
    public void Its_smooth_twin_has()
    {
        using var scope = NewDisposeScope();
        using var hessian = Parked(new GeluOperation { Inputs = ["h"], Output = "r" });
        var radius = Only(hessian);
        Assert.Equal(new GateFlips(0, 0), radius.Flips);
        Assert.InRange(radius.Radius!.Value, 0.1, 1);
    }

    /// <summary>Kills: radii from float32 slopes, whose noise would pass for a kink.</summary>
    [Fact]
    public void The_precision_of_the_products_plays_no_part()
    {
        using var scope = NewDisposeScope();
        var kinks = PlantedKinks.Create(9, 4);
        using var hessian = kinks.Hessian(ScalarType.Float32);
        Expect.None(ValidityChecks.Gates(kinks, Only(hessian)));
    }

    /// <summary>Kills: pooling taken for a smooth operation. Two entries 0.25 apart change places where their difference is spent.</summary>
    [Fact]
    public void A_pooling_window_has_a_gate_too()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("k", [1, 1, 1, 1]), ("w", [1, 1])]),
            [
                new Conv2dOperation { Inputs = ["x"], Weight = "k", Output = "c" },
                new AddOperation { Inputs = ["c", "edge"], Output = "e" },
                new MaxPool2dOperation { Inputs = ["e"], Kernel = 2, Output = "p" },
                new FlattenOperation { Inputs = ["p"], Output = "f" },
                new LinearOperation { Inputs = ["f"], Weight = "w", Output = "z" },
            ],
            "z", constants: new Dictionary<string, Tensor> { ["edge"] = tensor(new[] { 0.25, 0, 0, 0 }, [1, 1, 2, 2]) });
        var data = new DataSet("one", tensor(new[] { 0.0, 1, 0, 0 }, [1, 1, 2, 2]), zeros([1, 1], ScalarType.Float64));
        var landscape = new LossLandscape(network, new Loss(LossKind.MeanSquaredError), data);
        using var hessian = landscape.Hessian(tensor(new[] { 0.0, 1 }));
        var along = tensor(new[] { 1.0, 0 });
        Assert.Equal(new GateFlips(0, 1), hessian.Function.Flips(along, 0.24));
        Assert.Equal(new GateFlips(1, 1), hessian.Function.Flips(along, 0.26));
        Assert.Equal(new GateFlips(1, 1), hessian.Function.Flips(along, -0.26));
    }

    [Fact]
    public void What_is_no_Hessian_says_so()
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(new NetworkSpec(2, 3, 1, 2, 5, 5, Activation.Gelu, LossKind.CrossEntropy, false, 0, 1));
        using var ggn = problem.Landscape().GaussNewton(problem.Parameters);
        var validity = new DenseEigensolver().Solve(ggn, new EigenRequest(2)).MeasureValidity();
        Assert.Null(validity.Radii);
        Assert.Equal(0, validity.Gradients);
        Assert.Equal(
            "the operator is not the Hessian of a function that could be evaluated at a distance (a GGN or a Fisher information never is)", validity.Reason);
    }

    /// <summary>Kills: a count that is written down instead of counted.</summary>
    [Theory]
    [InlineData(ScalarType.Float64, 1)]
    [InlineData(ScalarType.Float32, 2)]
    public void Gradients_are_counted_by_the_landscape_and_products_are_not_touched(ScalarType dataType, long operators)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(new NetworkSpec(2, 3, 1, 2, 9, 4, Activation.Gelu, LossKind.CrossEntropy, false, 0.1, 1));
        var landscape = problem.Landscape(4, dataType);
        Assert.Equal(0, landscape.Gradients);
        using var hessian = landscape.Hessian(problem.Parameters);
        var counted = new CountingOperator(hessian);
        var pairs = new ThickRestartLanczos().Solve(counted, new EigenRequest(3) { HasValidity = false });
        var products = counted.Products;
        Assert.Equal(operators, landscape.Gradients);
        Assert.Equal(new EigenValidity(null, double.NaN, 0, "the request left it out"), pairs.Validity);
        var validity = pairs.MeasureValidity();
        Assert.Equal(products, counted.Products);
        Assert.Equal(operators + validity.Gradients, landscape.Gradients);
        Assert.InRange(validity.Gradients, 3 * 20, 3 * 80);
        landscape.Gradient(problem.Parameters);
        Assert.Equal(operators + validity.Gradients + 1, landscape.Gradients);
    }

    /// <summary>Kills: a solver whose result says nothing of how far it holds, and a selection of pairs that keeps the radii of others.</summary>
    [Theory]
    [InlineData("dense", SpectrumEnd.Largest)]
    [InlineData("lanczos", SpectrumEnd.Largest)]
    [InlineData("power", SpectrumEnd.Magnitude)]
    [InlineData("above null", SpectrumEnd.Smallest)]
    public void Every_result_carries_it(string solver, SpectrumEnd end)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(new NetworkSpec(2, 3, 1, 2, 9, 4, Activation.Gelu, LossKind.CrossEntropy, false, 0.1, 1));
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        var pairs = Solver(solver).Solve(hessian, new EigenRequest(2, end));
        Assert.Equal(2, pairs.Count);
        Assert.NotNull(pairs.Validity.Radii);
        Assert.Equal(pairs.MeasureValidity().Radii, pairs.Validity.Radii);
    }

    private static IEigensolver Solver(string name) => name switch
    {
        "dense" => new DenseEigensolver(),
        "lanczos" => new ThickRestartLanczos(),
        "power" => new PowerIteration(),
        _ => new LowestAboveNull(new DenseEigensolver()),
    };

    [Fact]
    public void It_must_be_measured_while_the_operator_lives()
    {
        using var scope = NewDisposeScope();
        var hessian = PlantedKinks.Create(3, 1).Hessian();
        var pairs = new DenseEigensolver().Solve(hessian, new EigenRequest(1));
        hessian.Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => pairs.MeasureValidity());
        Assert.StartsWith("The operator of this function was disposed: measure first, dispose afterwards.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Kills: a curvature per length squared of the vector as given, a radius in lengths of it. Half the curvature, so √2 of the radius.</summary>
    [Fact]
    public void Any_direction_has_a_curvature_and_a_radius()
    {
        using var scope = NewDisposeScope();
        var op = new Polynomial(3, Quartic: 300);
        var along = DirectionValidity.Along(op, tensor(new[] { 7.0, 0, 7 }));
        Assert.Equal(1.5, along.Curvature, Tolerances.SameEntries);
        Assert.InRange(along.Validity!.Radius!.Value, Math.Sqrt(2 * 3 * 3 / 300.0) / Tolerances.ValidityResolution, Math.Sqrt(2 * 3 * 3 / 300.0));
        Assert.Equal(ValidityOutcome.ZeroEigenvalue, DirectionValidity.Along(op, tensor(new[] { 0.0, 1, 0 })).Validity!.Outcome);
        Assert.Null(DirectionValidity.Along(new DenseOperator(eye(2, dtype: ScalarType.Float64)), ones(2, ScalarType.Float64)).Validity);
        var error = Assert.Throws<ArgumentException>(() => DirectionValidity.Along(op, zeros(3, ScalarType.Float64)));
        Assert.Equal("The direction must have a finite length above 0, got 0. (Parameter 'direction')", error.Message);
    }

    [Fact]
    public void Cancellation_is_honoured()
    {
        using var scope = NewDisposeScope();
        using var hessian = PlantedKinks.Create(3, 1).Hessian();
        var pairs = new DenseEigensolver().Solve(hessian, new EigenRequest(1));
        Assert.Throws<OperationCanceledException>(() => pairs.MeasureValidity(null, new CancellationToken(canceled: true)));
    }

    private static ValidityRadius Only(ISymmetricOperator op) => new DenseEigensolver().Solve(op, new EigenRequest(1)).MeasureValidity().Radii![0];

    private static HessianOperator Parked(Operation unit)
    {
        var network = new Network(
            new ParameterLayout([("w", [1, 1])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Output = "h" }, unit,
                new ConcatOperation { Inputs = ["h", "r"], Dimension = 1, Output = "z" },
            ],
            "z");
        var data = new DataSet("one", ones([1, 1], ScalarType.Float64), tensor(new[] { 0.0, 1 }, [1, 2]));
        return new LossLandscape(network, new Loss(LossKind.MeanSquaredError), data).Hessian(zeros(1, ScalarType.Float64));
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Linear and logistic (softmax) regression at their minimum: the two reference problems whose Hessian is a formula at every θ
/// (<see cref="Hessian"/>). Inputs are correlated Gaussians, targets come from planted weights with noise.
/// </summary>
public static class Regression
{
    private const string FamilyName = "regression";

    /// <summary>Newton steps from θ = 0. The squared error needs one, cross-entropy about seven; the rest polish.</summary>
    private const int NewtonSteps = 15;

    /// <summary>The shipped models.</summary>
    public static IReadOnlyList<RegressionSpec> Specs { get; } =
    [
        new("linear-regression", 8, 3, new Loss(LossKind.MeanSquaredError)),
        new("logistic-regression", 6, 4, new Loss(LossKind.CrossEntropy, WeightDecay: 1e-2)),
    ];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs.Select(spec => new ToyModelEntry(
        spec.Id,
        $"y = Wx + b, {spec.Features} → {spec.Outputs}, at the minimum of its loss on {spec.Samples} weighted samples. {Statement(spec)} "
        + "No subnetwork is planted.",
        FamilyName,
        seed => Create(spec, seed)));

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    public static ToyModel Create(RegressionSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var network = Architecture(spec);
        var data = RegressionData.Sample(spec, seed);
        var landscape = new LossLandscape(network, spec.Loss, data);
        var parameters = Minimum(landscape);
        using var scope = NewDisposeScope();
        var eigenvalues = Spectra.Eigenvalues(Hessian(landscape, parameters)).data<double>().ToArray();
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(network, parameters, spec.Loss),
            DataSets = [data],
            Truth = new Truth(Statement(spec), TruthGrade.Exact, [], [], [.. eigenvalues.Reverse()]),
            AdmissibleDisguises = [],
            Certificate = RegressionCertificate.Of(spec),
        };
    }

    /// <summary>
    /// The Hessian <c>[P, P]</c> of a linear model at any θ, by formula: <c>Σ_n s_n K_n ⊗ x̃_n x̃_nᵀ + μI</c> with shares s_n = w_n/Σw and
    /// x̃ = (x, 1); <c>K_n = 2I</c> for the squared error and <c>diag(p_n) − p_n p_nᵀ</c> for cross-entropy. Rows and columns are in layout order.
    /// </summary>
    /// <param name="landscape">The landscape of a network with the parameters <c>w [o, d]</c> and <c>b [o]</c> only.</param>
    /// <param name="parameters">θ, <c>[P]</c> float64.</param>
    /// <exception cref="ArgumentException">The network is not a linear model.</exception>
    public static Tensor Hessian(LossLandscape landscape, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(parameters);
        if (landscape.Network.Operations is not [LinearOperation { Weight: "w", Bias: "b" }])
            throw new ArgumentException(
                "The closed form holds for one linear layer with parameters w and b; this network has "
                + $"{landscape.Network.Operations.Count} operations.",
                nameof(landscape));
        using var scope = NewDisposeScope();
        var data = landscape.Data;
        var inputs = cat([data.Inputs, ones(data.Count, 1, dtype: float64)], 1);
        var shares = data.Weights is null ? full(data.Count, 1.0 / data.Count, dtype: float64) : data.Weights / data.Weights.sum();
        var curvature = OutputCurvature(landscape, parameters) * shares.reshape(-1, 1, 1);
        var (o, d) = ((int)curvature.shape[1], (int)data.Inputs.shape[1]);
        var rows = Enumerable.Range(0, o).Select(row => cat(
            [.. Enumerable.Range(0, o).Select(column => matmul(inputs.transpose(0, 1) * curvature.select(1, row).select(1, column), inputs))], 1));
        var byOutput = cat([.. rows], 0);
        // Output k's entries are x̃'s in k·(d + 1) … ; the layout has all of w first, then b.
        var order = tensor(Enumerable.Range(0, o * (d + 1))
            .Select(position => (long)(position < o * d ? position / d * (d + 1) + position % d : (position - o * d) * (d + 1) + d)).ToArray());
        var hessian = byOutput.index_select(0, order).index_select(1, order);
        return (hessian + landscape.Loss.WeightDecay * eye(o * (d + 1), dtype: float64)).MoveToOuterDisposeScope();
    }

    /// <summary>K <c>[N, o, o]</c>: second derivatives of each sample's loss with respect to its outputs.</summary>
    private static Tensor OutputCurvature(LossLandscape landscape, Tensor parameters)
    {
        using var scope = NewDisposeScope();
        var outputs = landscape.Outputs(parameters);
        var identity = eye(outputs.shape[1], dtype: float64).unsqueeze(0);
        if (landscape.Loss.Kind == LossKind.MeanSquaredError)
            return (2 * identity).repeat(outputs.shape[0], 1, 1).MoveToOuterDisposeScope();
        var p = nn.functional.softmax(outputs, 1);
        return (p.unsqueeze(2) * identity - p.unsqueeze(2) * p.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    private static Tensor Minimum(LossLandscape landscape)
    {
        using var scope = NewDisposeScope();
        var parameters = zeros(landscape.Dimension, dtype: float64);
        for (var step = 0; step < NewtonSteps; step++)
        {
            var gradient = landscape.Gradient(parameters).unsqueeze(1);
            parameters = parameters - linalg.solve(Hessian(landscape, parameters), gradient).squeeze(1);
        }
        return parameters.MoveToOuterDisposeScope();
    }

    private static Network Architecture(RegressionSpec spec) => new(
        new ParameterLayout([("w", [spec.Outputs, spec.Features]), ("b", [spec.Outputs])]),
        [new LinearOperation { Inputs = ["x"], Weight = "w", Bias = "b", Output = "y" }],
        "y");

    private static string Statement(RegressionSpec spec) => spec.Loss.Kind == LossKind.MeanSquaredError
        ? $"The Hessian is 2·I ⊗ E[x̃x̃ᵀ], x̃ = (x, 1): each eigenvalue {spec.Outputs} times."
        : $"The Hessian is E[(diag(p) − ppᵀ) ⊗ x̃x̃ᵀ] + {spec.Loss.WeightDecay}·I, x̃ = (x, 1): its least eigenvalue is the weight decay, "
            + $"{spec.Features + 1} times, because a shift common to all classes changes nothing.";
}

using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Hessians that are known on paper. Kills: missing ½ or factor 2, sum instead of mean, softplus that turns linear at 20, a lost cross term between
/// classes, layout order.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 25, QuietOnSuccess = true)]
public class ClosedFormHessianTests
{
    private static readonly double s_limit = Tolerances.SameProduct(Tolerances.AssumedNoise64);

    /// <summary>Squared error, summed over outputs: <c>H = I ⊗ (2/N)·XᵀX</c>, with a column of ones for the bias.</summary>
    [Property]
    public void Linear_regression(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Layers = 0, Loss = LossKind.MeanSquaredError });
        var shares = Shares(problem.Data);
        var x = WithOnes(problem.Data.Inputs);
        var gram = 2 * (x * shares.unsqueeze(1)).transpose(0, 1).matmul(x);
        CheckAgainst(problem, spec, (i, j) => i == j ? gram : zeros_like(gram));
    }

    /// <summary>Softmax cross-entropy: <c>H = Σ_n share_n·(diag(p) − ppᵀ) ⊗ xxᵀ</c>, in both forms of the loss.</summary>
    [Property]
    public void Logistic_regression(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        foreach (var form in Enum.GetValues<CrossEntropyForm>())
        {
            var problem = Problem.Create(spec with { Layers = 0, Loss = LossKind.CrossEntropy });
            problem = problem with { Loss = problem.Loss with { Form = form } };
            var shares = Shares(problem.Data);
            var x = WithOnes(problem.Data.Inputs);
            var p = problem.Landscape().Outputs(problem.Parameters).softmax(1);
            CheckAgainst(problem, spec, (i, j) =>
            {
                var weights = shares * p.select(1, i) * ((i == j ? 1 : 0) - p.select(1, j));
                return (x * weights.unsqueeze(1)).transpose(0, 1).matmul(x);
            });
        }
    }

    /// <summary>
    /// One sample, two classes, margin m: the curvature along the margin is <c>σ(m)σ(−m)</c>, relatively accurate at any m. The naive forms return 0 or
    /// NaN at ±25 or ±200; the plain one loses digits with e^|m|.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(-25)]
    [InlineData(200)]
    [InlineData(-200)]
    public void Curvature_survives_large_margins(double margin)
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("w", [2, 1])]), [new LinearOperation { Inputs = ["x"], Output = "y", Weight = "w" }], "y");
        var data = new DataSet("all", ones(1, 1, ScalarType.Float64), tensor(new long[] { 0 }));
        // m = z_1 − z_0: positive is misclassified by m nats.
        var theta = tensor(new[] { -margin / 2, margin / 2 });
        using var hessian = new LossLandscape(network, new Loss(LossKind.CrossEntropy), data).Hessian(theta);
        var curvature = hessian.Multiply(tensor(new[,] { { 0.0, 1.0 } }))[0, 1].ToDouble();
        var expected = Math.Exp(-Math.Abs(margin)) / Math.Pow(1 + Math.Exp(-Math.Abs(margin)), 2);
        Assert.Equal(1, curvature / expected, 1e-12);
    }

    /// <summary>The two forms are the same function; the plain one loses a factor e^m of digits at margin m, because p − 1 cancels.</summary>
    [Property]
    public void Margin_and_plain_cross_entropy_agree(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var margin = Problem.Create(spec with { Loss = LossKind.CrossEntropy, Activation = Activation.Gelu });
        var outputs = margin.Landscape().Outputs(margin.Parameters);
        var lost = Math.Exp((outputs.amax(1) - outputs.amin(1)).max().ToDouble());
        var plain = margin with { Loss = margin.Loss with { Form = CrossEntropyForm.Plain } };
        var value = margin.Landscape().Value(margin.Parameters);
        Assert.Equal(value, plain.Landscape().Value(margin.Parameters), 1e-12 * Math.Max(1, value));
        using var left = margin.Landscape().Hessian(margin.Parameters);
        using var right = plain.Landscape().Hessian(margin.Parameters);
        Expect.None(OperatorChecks.Agreement("forms of cross-entropy", left, right, s_limit * lost, (ulong)spec.Seed));
    }

    private static Tensor Shares(DataSet data) =>
        data.Weights is null ? full(data.Count, 1.0 / data.Count, ScalarType.Float64) : data.Weights / data.Weights.sum();

    private static Tensor WithOnes(Tensor inputs) => cat([inputs, ones(inputs.shape[0], 1, ScalarType.Float64)], 1);

    /// <summary>Compares with the matrix whose block (i, j) couples the weights and bias of outputs i and j; the layout holds all weights first.</summary>
    private static void CheckAgainst(Problem problem, NetworkSpec spec, Func<long, long, Tensor> block)
    {
        long Entry(long output, long column) => column < spec.Inputs ? output * spec.Inputs + column : (long)spec.Outputs * spec.Inputs + output;
        var n = problem.Network.Layout.Length;
        var expected = new double[n, n];
        for (long i = 0; i < spec.Outputs; i++)
            for (long j = 0; j < spec.Outputs; j++)
            {
                var numbers = Expect.Numbers(block(i, j));
                for (long a = 0; a <= spec.Inputs; a++)
                    for (long b = 0; b <= spec.Inputs; b++)
                        expected[Entry(i, a), Entry(j, b)] = numbers[a * (spec.Inputs + 1) + b];
            }
        for (long i = 0; i < n; i++)
            expected[i, i] += problem.Loss.WeightDecay;
        using var hessian = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        Expect.None(OperatorChecks.Agreement("closed form", hessian, new DenseOperator(tensor(expected)), s_limit, (ulong)spec.Seed));
    }
}

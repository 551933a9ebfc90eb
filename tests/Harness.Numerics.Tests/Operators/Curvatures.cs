using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

public enum CurvatureKind
{
    GaussNewton,
    TrueFisher,
    EmpiricalFisher,
}

/// <summary>Makes the curvature of a problem, its samples in batches of the given size.</summary>
internal delegate ISymmetricOperator CurvatureFactory(CurvatureKind kind, Problem problem, long batch);

internal static class Curvatures
{
    /// <summary>The operators under test.</summary>
    internal static ISymmetricOperator Production(CurvatureKind kind, Problem problem, long batch)
    {
        var landscape = problem.Landscape(batch);
        return kind switch
        {
            CurvatureKind.GaussNewton => landscape.GaussNewton(problem.Parameters),
            CurvatureKind.TrueFisher => landscape.Fisher(problem.Parameters),
            _ => landscape.Fisher(problem.Parameters, FisherKind.Empirical),
        };
    }

    /// <summary>
    /// The same by definition, sample by sample: explicit Jacobians by one backward pass per output, the expectation of the true Fisher as a sum over
    /// classes of squared scores. Shares nothing with the operators but the network. A flaw makes it a mutant.
    /// </summary>
    internal static CurvatureFactory ByDefinition(CurvatureFlaw flaw) => (kind, problem, batch) =>
    {
        using var scope = NewDisposeScope();
        var total = zeros(problem.Network.Layout.Length, problem.Network.Layout.Length, ScalarType.Float64);
        var (n, count) = (problem.Data.Count, 0L);
        for (long start = 0; start < n; start += batch, count++)
        {
            var length = Math.Min(batch, n - start);
            if (flaw == CurvatureFlaw.LastBatchDropped && length < batch && start > 0)
                break;
            var share = flaw switch
            {
                CurvatureFlaw.BatchesUnweighted => 1.0 / length / ((n + batch - 1) / batch),
                CurvatureFlaw.SumInsteadOfMean => 1.0,
                _ => 1.0 / n,
            };
            for (var i = start; i < start + length; i++)
            {
                using var inner = NewDisposeScope();
                var weight = problem.Data.Weights is { } weights && flaw != CurvatureFlaw.WeightsIgnored
                    ? weights[i].ToDouble() / (weights.sum().ToDouble() / n)
                    : 1;
                total.add_(OfSample(kind, problem, i, flaw) * (share * weight));
            }
        }
        if (kind == CurvatureKind.GaussNewton && flaw != CurvatureFlaw.NoWeightDecay)
            total.add_(eye(total.shape[0], total.shape[0], ScalarType.Float64) * problem.Loss.WeightDecay);
        return new DenseOperator(((total + total.transpose(0, 1)) / 2).MoveToOuterDisposeScope());
    };

    private static Tensor OfSample(CurvatureKind kind, Problem problem, long sample, CurvatureFlaw flaw)
    {
        var parameters = problem.Parameters.detach().clone().requires_grad_();
        var outputs = problem.Network.Forward(parameters, problem.Data.Inputs.narrow(0, sample, 1))[0];
        var rows = Enumerable.Range(0, (int)outputs.shape[0]).Select(c => autograd.grad([outputs[c]], [parameters], null, true, false, false)[0]);
        var jacobian = stack(rows);
        return jacobian.transpose(0, 1).matmul(OutputMatrix(kind, problem, sample, outputs.detach(), flaw)).matmul(jacobian);
    }

    private static Tensor OutputMatrix(CurvatureKind kind, Problem problem, long sample, Tensor outputs, CurvatureFlaw flaw)
    {
        var classes = outputs.shape[0];
        var identity = eye(classes, classes, ScalarType.Float64);
        var target = problem.Data.Targets[sample];
        if (kind == CurvatureKind.TrueFisher && flaw == CurvatureFlaw.EmpiricalForTrue)
            kind = CurvatureKind.EmpiricalFisher;
        if (problem.Loss.Kind == LossKind.MeanSquaredError)
            return kind switch
            {
                CurvatureKind.GaussNewton => identity * (flaw == CurvatureFlaw.MissingTwo ? 1 : 2),
                CurvatureKind.TrueFisher => identity,
                _ => outer(2 * (outputs - target), 2 * (outputs - target)),
            };
        var probabilities = outputs.softmax(0);
        // One-hot minus p; the label's entry 1 − p is the sum of the others, so that it survives a saturated softmax.
        Tensor Score(long label) => identity[label] * (probabilities * (1 - identity[label])).sum() - probabilities * (1 - identity[label]);
        return kind == CurvatureKind.EmpiricalFisher
            ? outer(Score(target.ToInt64()), Score(target.ToInt64()))
            : Enumerable.Range(0, (int)classes).Select(c => outer(Score(c), Score(c)) * probabilities[c]).Aggregate((sum, term) => sum + term);
    }
}

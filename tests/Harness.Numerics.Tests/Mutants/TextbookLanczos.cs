using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>
/// Lanczos as it stands in many tools: one Krylov space, a fixed number of steps, residuals by the recurrence. Its faults are chosen by the properties.
/// </summary>
internal sealed class TextbookLanczos : IEigensolver
{
    /// <summary>Gram–Schmidt passes against the whole basis: 0 lets ghost copies in, 1 loses orthogonality, 2 is right.</summary>
    public int Passes { get; init; } = 2;

    public int Steps { get; init; } = 60;

    /// <summary>From this step on there is no reorthogonalisation, "to save time".</summary>
    public int PassesEnd { get; init; } = int.MaxValue;

    /// <summary>Vectors of this many steps earlier than the values.</summary>
    public int VectorsLag { get; init; }

    /// <summary>Added to the norm before dividing by it.</summary>
    public double NormEpsilon { get; init; }

    public Eigenpairs Solve(ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var steps = (int)Math.Min(Steps, op.Dimension);
        var (rows, alpha, beta) = Iterate(op, steps, request.Seed);
        var (values, coefficients) = Ritz(alpha, beta, steps);
        var lagged = Math.Max(request.Count, steps - VectorsLag);
        var (_, laggedCoefficients) = Ritz(alpha, beta, lagged);
        var vectors = laggedCoefficients.narrow(0, 0, Math.Min(request.Count, lagged)).matmul(cat(rows.Take(lagged).ToList(), 0));
        var norm = vectors.norm(1, true) + NormEpsilon;
        var count = (int)vectors.shape[0];
        var last = Expect.Numbers(coefficients.select(1, steps - 1));
        return Claims.Of(op, values[..count], (vectors / norm).MoveToOuterDisposeScope(), [.. last.Take(count).Select(value => Math.Abs(beta[steps - 1] * value))]);
    }

    private (List<Tensor> Rows, double[] Alpha, double[] Beta) Iterate(ISymmetricOperator op, int steps, ulong seed)
    {
        var start = tensor(new RandomSource(seed, 41).Gaussians(op.Dimension), [1, op.Dimension]);
        var rows = new List<Tensor> { start / start.norm() };
        var (alpha, beta) = (new double[steps], new double[steps]);
        for (var j = 0; j < steps; j++)
        {
            var image = op.Multiply(rows[j]);
            alpha[j] = (image * rows[j]).sum().ToDouble();
            var passes = j < PassesEnd ? Passes : 0;
            if (passes == 0)
                image = image - alpha[j] * rows[j] - (j > 0 ? beta[j - 1] * rows[j - 1] : 0 * rows[j]);
            for (var pass = 0; pass < passes; pass++)
                image = image - image.matmul(cat(rows, 0).transpose(0, 1)).matmul(cat(rows, 0));
            beta[j] = image.norm().ToDouble();
            if (beta[j] == 0)
                image = tensor(new RandomSource(seed, (ulong)(42 + j)).Gaussians(op.Dimension), [1, op.Dimension]);
            rows.Add(image / image.norm());
        }
        return (rows, alpha, beta);
    }

    private static (double[] Values, Tensor Coefficients) Ritz(double[] alpha, double[] beta, int steps)
    {
        var matrix = new double[steps, steps];
        for (var i = 0; i < steps; i++)
        {
            matrix[i, i] = alpha[i];
            if (i > 0)
                matrix[i, i - 1] = matrix[i - 1, i] = beta[i - 1];
        }
        var (values, vectors) = linalg.eigh(tensor(matrix));
        return ([.. Expect.Numbers(values).Reverse()], vectors.transpose(0, 1).flip(0));
    }
}

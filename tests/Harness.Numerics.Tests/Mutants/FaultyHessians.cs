using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>Hessians with the faults of public tools, as matrices: made once from right products, then combined wrongly.</summary>
internal static class FaultyHessians
{
    /// <summary>The mean over batches of each batch's mean: a short last batch counts too much.</summary>
    internal static ISymmetricOperator UnweightedBatchMean(Problem problem, int batch) =>
        new Symmetric(Batches(problem, batch).Select(part => Matrix(part)).Aggregate((left, right) => left + right) / Batches(problem, batch).Count);

    /// <summary>Whole batches only.</summary>
    internal static ISymmetricOperator LastBatchDropped(Problem problem, int batch)
    {
        var parts = Batches(problem, batch).Where(part => part.Data.Count == batch).ToList();
        return new Symmetric(parts.Select(part => Matrix(part)).Aggregate((left, right) => left + right) / parts.Count);
    }

    /// <summary>Products pass through float32 and say nothing of it.</summary>
    internal static ISymmetricOperator SilentFloat32(Problem problem) => new Narrowed(Matrix(problem));

    /// <summary>The sum over samples instead of the mean.</summary>
    internal static ISymmetricOperator Sum(Problem problem) => new Symmetric(Matrix(problem) * problem.Data.Count);

    /// <summary>½ missing: the curvature of ‖·‖² taken for that of ½‖·‖².</summary>
    internal static ISymmetricOperator Doubled(Problem problem) => new Symmetric(Matrix(problem) * 2);

    /// <summary>The first two tensors of the result are written in the wrong order.</summary>
    internal static ISymmetricOperator WrongOffset(Problem problem)
    {
        var (first, second) = (problem.Network.Layout[0].Length, problem.Network.Layout[1].Length);
        var order = Enumerable.Range(0, (int)problem.Network.Layout.Length).Select(i => (long)i).ToArray();
        long[] swapped = [.. order.Skip((int)first).Take((int)second), .. order.Take((int)first), .. order.Skip((int)(first + second))];
        return new Symmetric(Matrix(problem).index_select(1, tensor(swapped)));
    }

    internal static Tensor Matrix(Problem problem)
    {
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        return hessian.Multiply(eye(hessian.Dimension, hessian.Dimension, ScalarType.Float64));
    }

    private static List<Problem> Batches(Problem problem, int batch) =>
        [.. Enumerable.Range(0, (int)((problem.Data.Count + batch - 1) / batch)).Select(i => problem with
        {
            Data = new DataSet(
                "batch",
                problem.Data.Inputs.narrow(0, i * batch, Math.Min(batch, problem.Data.Count - i * batch)),
                problem.Data.Targets.narrow(0, i * batch, Math.Min(batch, problem.Data.Count - i * batch))),
        })];

    /// <summary>Multiplies by a matrix without asking whether it is symmetric.</summary>
    private sealed class Symmetric(Tensor matrix) : ISymmetricOperator
    {
        public long Dimension => matrix.shape[0];

        public Tensor Multiply(Tensor block) => block.matmul(matrix);
    }

    private sealed class Narrowed(Tensor matrix) : ISymmetricOperator
    {
        public long Dimension => matrix.shape[0];

        public Tensor Multiply(Tensor block) => block.to(ScalarType.Float32).matmul(matrix.to(ScalarType.Float32)).to(ScalarType.Float64);
    }
}

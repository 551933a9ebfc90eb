using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>A right decomposition, read wrongly.</summary>
internal sealed class FaultyDense(FaultyDense.Fault fault) : IEigensolver
{
    internal enum Fault
    {
        None,
        ColumnsAsRows,
        AscendingAsDescending,
        MagnitudeForLargest,
        UnstableSeed,
    }

    private static int s_calls;

    public Eigenpairs Solve(ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var (values, columns) = linalg.eigh(op.Multiply(eye(op.Dimension, op.Dimension, ScalarType.Float64)));
        var numbers = Expect.Numbers(values);
        var descending = Enumerable.Range(0, numbers.Length).OrderByDescending(i => fault == Fault.MagnitudeForLargest ? Math.Abs(numbers[i]) : numbers[i]);
        int[] order = [.. fault == Fault.AscendingAsDescending ? Enumerable.Range(0, numbers.Length) : descending];
        order = order[..Math.Min(request.Count, order.Length)];
        var rows = fault == Fault.ColumnsAsRows ? columns : columns.transpose(0, 1);
        var vectors = rows.index_select(0, tensor(order.Select(i => (long)i).ToArray()));
        if (fault == Fault.UnstableSeed && s_calls++ % 2 == 1)
            vectors = vectors * -1;
        return Claims.Of(op, [.. order.Select(i => numbers[i])], vectors.MoveToOuterDisposeScope());
    }
}

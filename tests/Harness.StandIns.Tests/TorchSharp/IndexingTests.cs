using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x;

    public IndexingTests() => _x = arange(24).reshape(2, 3, 4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Positions_count_from_either_end()
    {
        Assert.Equal(23, _x[1, 2, 3].item<long>());
        Assert.Equal(23, _x[-1, -1, -1].item<long>());
        Assert.Equal([20L, 21, 22, 23], Values(_x[1, 2]));
        Assert.Equal([3, 4], _x[0].shape);
    }

    [Fact]
    public void Slices_start_stop_and_step()
    {
        Assert.Equal([1L, 3], Values(_x[0, 0, TensorIndex.Slice(1, 4, 2)]));
        Assert.Equal([0L, 4], Values(_x[TensorIndex.Single(0), TensorIndex.Slice(stop: 2), TensorIndex.Single(0)]));
        Assert.Equal([1L, 2], Values(_x[0, 0, 1..3]));
        Assert.Equal([2L, 3], Values(_x[0, 0, ^2..]));
        Assert.Equal([2, 1, 4], _x[TensorIndex.Colon, 1..2].shape);
    }

    /// <summary>Rejects an ellipsis that spans the wrong number of dimensions.</summary>
    [Fact]
    public void Ellipsis_and_new_axes()
    {
        Assert.Equal([0L, 4, 8, 12, 16, 20], Values(_x[TensorIndex.Ellipsis, 0]));
        Assert.Equal([12L, 16, 20], Values(_x[1, TensorIndex.Ellipsis, 0]));
        Assert.Equal([2, 3, 4, 1], _x[TensorIndex.Ellipsis, TensorIndex.None].shape);
        Assert.Equal([1, 2, 3, 4], _x[TensorIndex.None].shape);
        Assert.Equal([2, 3, 4], _x[TensorIndex.Ellipsis].shape);
    }

    [Fact]
    public void Tensors_of_positions_and_masks()
    {
        var rows = TensorIndex.Tensor(tensor(new long[] { 2, 0 }));
        Assert.Equal([8L, 0], Values(_x[0, rows, 0]));
        Assert.Equal([2, 2, 4], _x[TensorIndex.Colon, rows].shape);
        Assert.Equal([22L, 23], Values(_x[_x > 21]));
        Assert.Equal([8L, 0], Values(_x[TensorIndex.Ellipsis, 0][0][tensor(new long[] { 2, 0 })]));
        Assert.Equal([11L, 12], Values(_x[tensor(new long[] { 0, 1 }), tensor(new long[] { 2, 0 }), tensor(new long[] { 3,
            0 })]));
    }

    /// <summary>Rejects an assignment to a copy.</summary>
    [Fact]
    public void Assignments_reach_the_tensor()
    {
        var x = zeros(2, 3, dtype: float64);
        x[0, 1] = tensor(5.0);
        x[1] = tensor(new[] { 7.0, 8, 9 });
        x[TensorIndex.Ellipsis, 2] = 3.0;
        x[x > 7.5] = -1;
        Assert.Equal([0.0, 5, 3, 7, -1, 3], x.data<double>().ToArray());
        x.index_put_(tensor(new[] { 1.0, 2 }), tensor(new long[] { 0, 1 }), tensor(new long[] { 0, 0 }));
        Assert.Equal([1.0, 2], x[TensorIndex.Colon, 0].data<double>().ToArray());
    }

    /// <summary>Rejects an index that disposes the tensor it indexes, or leaves intermediate views behind.</summary>
    [Fact]
    public void Indexing_owns_its_result_only()
    {
        using var scope = NewDisposeScope();
        var y = _x[1, 1..3, TensorIndex.Ellipsis];
        Assert.Equal(1, scope.DisposablesCount);
        var all = _x[TensorIndex.Ellipsis];
        scope.Dispose();
        Assert.Equal((true, true, false), (y.IsInvalid, all.IsInvalid, _x.IsInvalid));
    }

    private static long[] Values(Tensor tensor) => tensor.data<long>().ToArray();
}

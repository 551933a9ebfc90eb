using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

internal static class Expect
{
    /// <summary>No check failed; the message of the test is the violation.</summary>
    internal static void None(Violation? violation) => Assert.True(violation is null, violation?.ToString());

    /// <summary>Largest absolute difference at most <paramref name="limit"/>; NaN fails.</summary>
    internal static void Close(Tensor expected, Tensor actual, double limit)
    {
        Assert.Equal(expected.shape, actual.shape);
        if (expected.numel() == 0)
            return;
        using var scope = NewDisposeScope();
        var difference = (expected - actual).abs().max().ToDouble();
        Assert.True(difference <= limit, $"largest difference {difference:g4}, limit {limit:g4}");
    }

    internal static double[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}

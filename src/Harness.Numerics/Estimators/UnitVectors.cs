using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The probes of exact answers.</summary>
internal static class UnitVectors
{
    /// <summary>The i-th unit vector, <c>[1, n]</c>.</summary>
    internal static Tensor Row(long n, long i)
    {
        var row = zeros(1, n, ScalarType.Float64);
        row.narrow(1, i, 1).fill_(1);
        return row;
    }
}

using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Random signs: of all probes with independent entries those whose quadratic forms vary least.</summary>
internal static class Rademacher
{
    /// <summary><c>[rows, n]</c> float64, each entry ±1 with equal chance.</summary>
    internal static Tensor Rows(RandomSource random, long rows, long n)
    {
        var signs = new double[checked(rows * n)];
        for (var i = 0; i < signs.Length; i++)
            signs[i] = (random.NextUInt32() >> 31) == 0 ? 1 : -1;
        return tensor(signs, [rows, n], dtype: ScalarType.Float64);
    }
}

using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Torch's broadcasting rule: sizes, aligned at the end, are equal or one of them is 1.</summary>
internal static class Broadcasting
{
    internal static void Check(Tensor left, Tensor right)
    {
        var (a, b) = (left.shape, right.shape);
        for (var i = 1; i <= Math.Min(a.Length, b.Length); i++)
            Operation.Require(a[^i] == b[^i] || a[^i] == 1 || b[^i] == 1, "shapes that broadcast", left, right);
    }
}

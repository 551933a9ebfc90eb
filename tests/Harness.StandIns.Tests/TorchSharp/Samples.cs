using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>Fixed pseudo-random numbers, spread evenly so that no two entries tie and none is near zero.</summary>
internal static class Samples
{
    /// <summary>Entries in (low, high), all different, in a shuffled order that the seed fixes.</summary>
    internal static double[] Vector(int count, int seed, double low = -1, double high = 1)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, count).Select(i =>
            low + (high - low) * (i + 0.25 + 0.5 * random.NextDouble()) / count).ToArray();
        random.Shuffle(values);
        return values;
    }

    internal static double[,] Matrix(int rows, int columns, int seed, double low = -1, double high = 1)
    {
        var values = Vector(rows * columns, seed, low, high);
        var result = new double[rows, columns];
        Buffer.BlockCopy(values, 0, result, 0, values.Length * sizeof(double));
        return result;
    }

    internal static Tensor Tensor(long[] shape, int seed, double low = -1, double high = 1) =>
        tensor(Vector((int)shape.Aggregate(1L, (product, size) => product * size), seed, low, high), shape);
}

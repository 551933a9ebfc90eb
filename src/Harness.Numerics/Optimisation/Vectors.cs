namespace Harness.Numerics;

/// <summary>The few operations on plain vectors that a minimiser needs; a tensor call would cost more than the arithmetic.</summary>
internal static class Vectors
{
    internal static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    internal static double Norm(double[] vector) => Math.Sqrt(Dot(vector, vector));

    internal static void Scale(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] *= factor;
    }

    /// <summary><c>target += factor·vector</c>.</summary>
    internal static void Add(double[] target, double[] vector, double factor)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += factor * vector[i];
    }

    internal static double[] Difference(double[] left, double[] right) => Moved(left, right, -1);

    /// <summary><c>point + length·direction</c>.</summary>
    internal static double[] Moved(double[] point, double[] direction, double length)
    {
        double[] moved = [.. point];
        Add(moved, direction, length);
        return moved;
    }
}

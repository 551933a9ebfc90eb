using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Gauss quadrature for the spectral measure of one vector v: <c>vᵀf(A)v ≈ Σ_j w_j f(λ_j)</c>, exact for polynomials f of degree 2m − 1, m being
/// the number of nodes.
/// </summary>
/// <param name="Nodes">λ, ascending.</param>
/// <param name="Weights">w ≥ 0 with sum ‖v‖² = 1.</param>
/// <remarks>G. Golub, J. Welsch, "Calculation of Gauss quadrature rules", 1969: nodes are the Ritz values of m Lanczos steps from v.</remarks>
public sealed record LanczosQuadrature(double[] Nodes, double[] Weights)
{
    /// <summary>
    /// m Lanczos steps with full reorthogonalisation, fewer when the Krylov space ends before; then the quadrature is exact for every f.
    /// </summary>
    /// <param name="op">The operator; nodes are in its units.</param>
    /// <param name="start">v, <c>[n]</c>, of unit norm.</param>
    /// <param name="steps">m, 1 … n.</param>
    /// <param name="step">Called after every product.</param>
    internal static LanczosQuadrature Of(MeasuredOperator op, Tensor start, int steps, Action step)
    {
        using var scope = NewDisposeScope();
        var basis = empty(steps, op.Dimension, ScalarType.Float64);
        var matrix = new double[steps, steps];
        var (size, largest) = (0, 0.0);
        for (var vector = start; ;)
        {
            using var inner = NewDisposeScope();
            basis.select(0, size).copy_(vector);
            var image = op.Multiply(basis.narrow(0, size, 1))[0];
            step();
            size++;
            var all = basis.narrow(0, 0, size);
            var first = all.mv(image);
            var once = image - first.matmul(all);
            var second = all.mv(once);
            var rest = once - second.matmul(all);
            matrix[size - 1, size - 1] = (first[size - 1] + second[size - 1]).ToDouble();
            var norm = rest.norm().ToDouble();
            largest = Math.Max(largest, image.norm().ToDouble());
            // What is left of a product in an exhausted space is rounding; going on along it would repeat the nodes found.
            if (size == steps || norm <= Tolerances.LeastNoise(op.Dimension) * largest)
                break;
            matrix[size, size - 1] = norm;
            vector = (rest / norm).MoveToOuterDisposeScope();
        }
        var (values, vectors) = linalg.eigh(tensor(matrix).narrow(0, 0, size).narrow(1, 0, size).contiguous());
        return new LanczosQuadrature(Blocks.ToArray(values), Blocks.ToArray(vectors[0].square()));
    }

    /// <summary><c>Σ_j w_j f(λ_j)</c>.</summary>
    internal double Sum(Func<double, double> function) => Nodes.Zip(Weights, (node, weight) => weight * function(node)).Sum();
}

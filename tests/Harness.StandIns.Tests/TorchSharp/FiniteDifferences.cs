using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>Derivatives of a differentiable function against central differences in float64.</summary>
internal static class FiniteDifferences
{
    /// <summary>
    /// The step that balances truncation, <c>h² f''' / 6</c>, against rounding, <c>ε |f| / h</c>: the cube root of ε = 2.2e-16.
    /// </summary>
    private const double Step = 6e-6;

    /// <summary>
    /// At that step both errors are near 4e-11 for values and third derivatives near one. The cases reach a few hundred in
    /// either, and 1e-7 of one plus the derivative's size leaves room for that; a wrong derivative of these functions is off by
    /// 1e-2 or more.
    /// </summary>
    private const double Tolerance = 1e-7;

    /// <summary>Compares the gradient of <c>Σ v∘f(x)</c>, v fixed, entry by entry. Returns null or what disagrees.</summary>
    internal static string? FirstOrder(Func<Tensor[], Tensor> function, double[][,] points)
    {
        var analytic = Gradient(function, points);
        for (var input = 0; input < points.Length; input++)
        {
            for (var i = 0; i < points[input].GetLength(0); i++)
            {
                for (var j = 0; j < points[input].GetLength(1); j++)
                {
                    var numeric = (Value(function, Moved(points, input, i, j, Step)) - Value(function, Moved(points, input, i,
                        j, -Step))) / (2 * Step);
                    var found = analytic[input][i, j];
                    if (!(Math.Abs(found - numeric) <= Tolerance * (1 + Math.Abs(numeric))))
                        return $"gradient of input {input} at [{i}, {j}]: {found:R}, central difference {numeric:R}";
                }
            }
        }
        return null;
    }

    /// <summary>Compares the Hessian of <c>Σ v∘f(x)</c> along a fixed direction with the difference of gradients.</summary>
    internal static string? SecondOrder(Func<Tensor[], Tensor> function, double[][,] points)
    {
        var direction = points.Select((point, k) => Samples.Matrix(point.GetLength(0), point.GetLength(1), 900 + k)).ToArray();
        var analytic = HessianProduct(function, points, direction);
        var forward = Gradient(function, Along(points, direction, Step));
        var backward = Gradient(function, Along(points, direction, -Step));
        for (var input = 0; input < points.Length; input++)
        {
            for (var i = 0; i < points[input].GetLength(0); i++)
            {
                for (var j = 0; j < points[input].GetLength(1); j++)
                {
                    var numeric = (forward[input][i, j] - backward[input][i, j]) / (2 * Step);
                    var found = analytic[input][i, j];
                    if (!(Math.Abs(found - numeric) <= Tolerance * (1 + Math.Abs(numeric))))
                        return $"Hessian product of input {input} at [{i}, {j}]: {found:R}, difference of gradients {numeric:R}";
                }
            }
        }
        return null;
    }

    private static double Value(Func<Tensor[], Tensor> function, double[][,] points)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        return Contract(function(points.Select(point => tensor(point)).ToArray())).item<double>();
    }

    private static double[][,] Gradient(Func<Tensor[], Tensor> function, double[][,] points)
    {
        using var scope = NewDisposeScope();
        var inputs = points.Select(point => tensor(point, requires_grad: true)).ToArray();
        var gradients = autograd.grad([Contract(function(inputs))], inputs, null, false, false, true);
        return gradients.Select((gradient, k) => Entries(gradient, points[k])).ToArray();
    }

    private static double[][,] HessianProduct(Func<Tensor[], Tensor> function, double[][,] points, double[][,] direction)
    {
        using var scope = NewDisposeScope();
        var inputs = points.Select(point => tensor(point, requires_grad: true)).ToArray();
        var gradients = autograd.grad([Contract(function(inputs))], inputs, null, true, true, true);
        var slope = gradients.Select((gradient, k) => gradient.IsInvalid ? null : (gradient * tensor(direction[k])).sum())
            .Where(term => term is not null).Aggregate((left, right) => left! + right!)!;
        // The second derivative of a function linear in its inputs has no graph.
        var products = slope.requires_grad
            ? autograd.grad([slope], inputs, null, false, false, true)
            : points.Select(_ => (Tensor?)null).ToArray()!;
        return products.Select((product, k) => Entries(product, points[k])).ToArray();
    }

    private static Tensor Contract(Tensor output)
    {
        var flat = output.flatten();
        var weights = Enumerable.Range(0, (int)flat.numel()).Select(i => Math.Cos(1 + 0.7 * i)).ToArray();
        return (flat * tensor(weights)).sum();
    }

    private static double[,] Entries(Tensor? gradient, double[,] like)
    {
        var result = new double[like.GetLength(0), like.GetLength(1)];
        if (gradient is null || gradient.IsInvalid)
            return result;
        var flat = gradient.contiguous().view(-1).data<double>().ToArray();
        Buffer.BlockCopy(flat, 0, result, 0, flat.Length * sizeof(double));
        return result;
    }

    private static double[][,] Moved(double[][,] points, int input, int i, int j, double step)
    {
        var moved = points.Select(point => (double[,])point.Clone()).ToArray();
        moved[input][i, j] += step;
        return moved;
    }

    private static double[][,] Along(double[][,] points, double[][,] direction, double step) => points
        .Select((point, k) =>
        {
            var moved = (double[,])point.Clone();
            for (var i = 0; i < point.GetLength(0); i++)
            {
                for (var j = 0; j < point.GetLength(1); j++)
                    moved[i, j] += step * direction[k][i, j];
            }
            return moved;
        }).ToArray();
}

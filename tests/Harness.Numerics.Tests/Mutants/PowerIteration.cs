using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>Power iteration with deflation that stops when the eigenvalue changes by less than a relative 1e-3: the default of a widely used tool.</summary>
internal sealed class PowerIteration : IEigensolver
{
    public Eigenpairs Solve(ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var random = new RandomSource(request.Seed, 43);
        var (values, vectors) = (new List<double>(), new List<Tensor>());
        while (values.Count < request.Count)
        {
            var vector = Deflated(tensor(random.Gaussians(op.Dimension), [1, op.Dimension]), vectors);
            var (previous, current) = (double.NaN, 0.0);
            for (var step = 0; step < 100 && !(Math.Abs(current - previous) <= 1e-3 * Math.Abs(current)); step++)
            {
                vector = Deflated(vector, vectors);
                var image = op.Multiply(vector);
                (previous, current) = (current, (image * vector).sum().ToDouble());
                vector = image / image.norm();
            }
            values.Add(current);
            vectors.Add(Deflated(vector, vectors));
        }
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(i => values[i])];
        return Claims.Of(op, [.. order.Select(i => values[i])], cat([.. order.Select(i => vectors[i])], 0).MoveToOuterDisposeScope());
    }

    private static Tensor Deflated(Tensor vector, List<Tensor> found)
    {
        foreach (var other in found)
            vector = vector - (vector * other).sum() * other;
        return vector / vector.norm();
    }
}

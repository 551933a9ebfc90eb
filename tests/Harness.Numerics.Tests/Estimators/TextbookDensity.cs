using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Stochastic Lanczos quadrature as a textbook has it, for small matrices; a flaw makes it a mutant. Shares no code with the estimator.</summary>
internal static class TextbookDensity
{
    internal static SpectralDensity Estimate(DenseOperator op, DensityRequest request, DensityFlaw flaw)
    {
        using var scope = NewDisposeScope();
        var random = new RandomSource(request.Seed, 71);
        LanczosQuadrature[] all = [.. Enumerable.Range(0, request.Probes).Select(_ => Quadrature(op.Matrix, request.Steps, random, flaw))];
        if (flaw == DensityFlaw.OneProbe)
            all = [.. Enumerable.Repeat(all[0], request.Probes)];
        var (low, high) = (all.Min(q => q.Nodes.Min()), all.Max(q => q.Nodes.Max()));
        var width = 1.5 / request.Steps * (high > low ? high - low : 1);
        double[] grid = [.. Enumerable.Range(0, 1 + (int)((high - low + 14 * width) / (width / 4))).Select(i => low - 7 * width + i * width / 4)];
        var height = flaw == DensityFlaw.KernelNotNormalised ? 1 : 1 / (width * Math.Sqrt(2 * Math.PI));
        EstimatedValue[] values = [.. grid.Select(x => Of(f => height * Math.Exp(-(x - f) * (x - f) / (2 * width * width))))];
        return new SpectralDensity
        {
            Grid = grid,
            Density = [.. values.Select(value => value.Value)],
            StandardErrors = [.. values.Select(value => value.StandardError)],
            Width = width,
            Quadratures = all,
            Mean = Of(x => x),
            MeanSquare = Of(x => x * x),
            Products = request.Probes * request.Steps,
        };

        EstimatedValue Of(Func<double, double> function)
        {
            double[] sums = [.. all.Select(q => q.Nodes.Zip(q.Weights, (node, weight) => weight * function(node)).Sum())];
            var mean = sums.Average();
            var spread = Math.Sqrt(sums.Sum(sum => (sum - mean) * (sum - mean)) / (sums.Length - 1));
            var shown = flaw == DensityFlaw.OneProbeLess ? mean * sums.Length / (sums.Length - 1) : mean;
            return new EstimatedValue(shown, flaw == DensityFlaw.SpreadForError ? spread : spread / Math.Sqrt(sums.Length));
        }
    }

    private static LanczosQuadrature Quadrature(Tensor matrix, int steps, RandomSource random, DensityFlaw flaw)
    {
        var n = matrix.shape[0];
        var size = flaw == DensityFlaw.NoReorthogonalisation ? steps : (int)Math.Min(steps, n);
        var probe = tensor(random.Gaussians(n));
        if (flaw == DensityFlaw.PositiveProbes)
            probe = probe.abs();
        var norm = probe.norm().ToDouble();
        var basis = new List<Tensor> { probe / norm };
        var projected = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            var image = matrix.mv(basis[j]);
            projected[j, j] = image.dot(basis[j]).ToDouble();
            if (j + 1 == size)
                break;
            image = image - projected[j, j] * basis[j] - (j > 0 ? projected[j, j - 1] * basis[j - 1] : zeros_like(image));
            for (var pass = 0; pass < 3 && flaw != DensityFlaw.NoReorthogonalisation; pass++)
                foreach (var row in basis)
                    image = image - image.dot(row) * row;
            projected[j + 1, j] = image.norm().ToDouble();
            if (projected[j + 1, j] < Tolerances.SameNode)
            {
                size = j + 1;
                break;
            }
            basis.Add(image / projected[j + 1, j]);
        }
        var (values, vectors) = linalg.eigh(tensor(projected).narrow(0, 0, size).narrow(1, 0, size).contiguous());
        var components = Expect.Numbers(flaw == DensityFlaw.ColumnsAsRows ? vectors.select(1, 0) : vectors[0]);
        var scale = flaw == DensityFlaw.ProbesNotNormalised ? norm * norm : 1;
        return new LanczosQuadrature(
            Expect.Numbers(values), [.. components.Select(c => scale * (flaw == DensityFlaw.WeightsNotSquared ? Math.Abs(c) : c * c))]);
    }
}

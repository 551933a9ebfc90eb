using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Hessians that are known on paper, summed up sample by sample in plain loops. With z the outputs before the loss (and before the last ReLU),
/// <c>H = Σ_n s_n (Jᵀ K J + Σ_q r_q ∇²z_q) + μI</c>: K and r are the loss's second and first derivatives by z, J and ∇²z are written out per family.
/// </summary>
internal static class ClosedForms
{
    /// <summary><c>[P, P]</c>: linear and logistic regression (an MLP without hidden layers), TMS (tied, ReLU), quadratic modular addition.</summary>
    internal static Tensor Hessian(Problem problem, NetworkSpec spec)
    {
        var (data, theta) = (problem.Data, Expect.Numbers(problem.Parameters));
        var inputs = Expect.Numbers(data.Inputs);
        var targets = Expect.Numbers(data.Targets);
        var weights = data.Weights is null ? [.. Enumerable.Repeat(1.0, (int)data.Count)] : Expect.Numbers(data.Weights);
        var (width, total) = (inputs.Length / (int)data.Count, weights.Sum());
        var hessian = new double[theta.Length, theta.Length];
        for (var n = 0; n < data.Count; n++)
        {
            var x = inputs.AsSpan(n * width, width).ToArray();
            var terms = spec.Family switch
            {
                NetworkFamily.TiedAutoencoder => Tied(theta, x, spec),
                NetworkFamily.OneHotSum => Quadratic(theta, (int)x[0], (int)x[1], spec),
                _ => Linear(theta, x, spec),
            };
            var target = targets.AsSpan(n * targets.Length / (int)data.Count, targets.Length / (int)data.Count).ToArray();
            var (first, second) = problem.Loss.Kind == LossKind.MeanSquaredError
                ? Squared(terms.Outputs, target, gated: spec.Family == NetworkFamily.TiedAutoencoder)
                : Softmax(terms.Outputs, (int)target[0]);
            Add(hessian, terms, first, second, weights[n] / total);
        }
        for (var i = 0; i < theta.Length; i++)
            hessian[i, i] += problem.Loss.WeightDecay;
        return tensor(hessian);
    }

    /// <summary><c>z = Wx + b</c>.</summary>
    private static Terms Linear(double[] theta, double[] x, NetworkSpec spec)
    {
        var terms = new Terms(spec.Outputs);
        for (var o = 0; o < spec.Outputs; o++)
        {
            for (var i = 0; i < x.Length; i++)
                terms.Slope(o, o * x.Length + i, x[i], theta[o * x.Length + i] * x[i]);
            terms.Slope(o, spec.Outputs * x.Length + o, 1, theta[spec.Outputs * x.Length + o]);
        }
        return terms;
    }

    /// <summary><c>z_i = Σ_k W_ki h_k + b_i, h = Wx</c>: <c>∂z_i/∂W_km = δ_im h_k + W_ki x_m</c>, <c>∂²z_i/∂W_km∂W_kn = δ_im x_n + δ_in x_m</c>.</summary>
    private static Terms Tied(double[] theta, double[] x, NetworkSpec spec)
    {
        var (h, f) = (spec.Hidden, x.Length);
        double W(int k, int m) => theta[k * f + m];
        double[] hidden = [.. Enumerable.Range(0, h).Select(k => Enumerable.Range(0, f).Sum(m => W(k, m) * x[m]))];
        var terms = new Terms(f);
        for (var i = 0; i < f; i++)
        {
            for (var k = 0; k < h; k++)
                for (var m = 0; m < f; m++)
                {
                    terms.Slope(i, k * f + m, (i == m ? hidden[k] : 0) + W(k, i) * x[m], m == i ? W(k, i) * hidden[k] : 0);
                    terms.Bend(i, k * f + i, k * f + m, x[m]);
                    terms.Bend(i, k * f + m, k * f + i, x[m]);
                }
            terms.Slope(i, h * f + i, 1, theta[h * f + i]);
        }
        return terms;
    }

    /// <summary><c>z_q = Σ_u W_qu s_u²</c>, <c>s_u = A_u[a] + B_u[b]</c>.</summary>
    private static Terms Quadratic(double[] theta, int a, int b, NetworkSpec spec)
    {
        var (h, p) = (spec.Hidden, spec.Outputs);
        var terms = new Terms(p);
        for (var u = 0; u < h; u++)
        {
            int[] inputs = [u * p + a, (h + u) * p + b];
            var s = theta[inputs[0]] + theta[inputs[1]];
            for (var q = 0; q < p; q++)
            {
                var output = 2 * h * p + q * h + u;
                terms.Slope(q, output, s * s, theta[output] * s * s);
                foreach (var i in inputs)
                {
                    terms.Slope(q, i, 2 * theta[output] * s, 0);
                    terms.Bend(q, i, output, 2 * s);
                    terms.Bend(q, output, i, 2 * s);
                    foreach (var j in inputs)
                        terms.Bend(q, i, j, 2 * theta[output]);
                }
            }
        }
        return terms;
    }

    /// <summary>First and second derivatives of <c>Σ(φ(z) − t)²</c> by z, φ the ReLU or nothing.</summary>
    private static (double[] First, double[,] Second) Squared(double[] z, double[] target, bool gated)
    {
        var second = new double[z.Length, z.Length];
        var first = new double[z.Length];
        for (var i = 0; i < z.Length; i++)
            (first[i], second[i, i]) = gated && z[i] <= 0 ? (0, 0) : (2 * (z[i] - target[i]), 2);
        return (first, second);
    }

    /// <summary><c>p − e_y</c> and <c>diag(p) − ppᵀ</c>, each entry without a cancelling 1 − p.</summary>
    private static (double[] First, double[,] Second) Softmax(double[] z, int label)
    {
        var top = z.Max();
        var total = z.Sum(value => Math.Exp(value - top));
        double[] p = [.. z.Select(value => Math.Exp(value - top) / total)];
        double Others(int i) => p.Where((_, j) => j != i).Sum();
        var second = new double[z.Length, z.Length];
        for (var i = 0; i < z.Length; i++)
            for (var j = 0; j < z.Length; j++)
                second[i, j] = i == j ? p[i] * Others(i) : -p[i] * p[j];
        return ([.. p.Select((value, i) => i == label ? -Others(i) : value)], second);
    }

    private static void Add(double[,] hessian, Terms terms, double[] first, double[,] second, double share)
    {
        for (var q = 0; q < first.Length; q++)
        {
            foreach (var ((i, j), bend) in terms.Bends[q])
                hessian[i, j] += share * first[q] * bend;
            for (var r = 0; r < first.Length; r++)
                foreach (var (i, left) in terms.Slopes[q])
                    foreach (var (j, right) in terms.Slopes[r])
                        hessian[i, j] += share * second[q, r] * left * right;
        }
    }

    /// <summary>Outputs with their non-zero first and second derivatives by the parameters, of one sample.</summary>
    private sealed class Terms(int outputs)
    {
        internal double[] Outputs { get; } = new double[outputs];

        internal Dictionary<int, double>[] Slopes { get; } = [.. Enumerable.Range(0, outputs).Select(_ => new Dictionary<int, double>())];

        internal Dictionary<(int, int), double>[] Bends { get; } = [.. Enumerable.Range(0, outputs).Select(_ => new Dictionary<(int, int), double>())];

        /// <summary>Adds to ∂z_q/∂θ_i, and what the term contributes to z_q itself.</summary>
        internal void Slope(int output, int entry, double value, double contribution)
        {
            Slopes[output][entry] = Slopes[output].GetValueOrDefault(entry) + value;
            Outputs[output] += contribution;
        }

        /// <summary>Adds to ∂²z_q/∂θ_i∂θ_j.</summary>
        internal void Bend(int output, int i, int j, double value) => Bends[output][(i, j)] = Bends[output].GetValueOrDefault((i, j)) + value;
    }
}

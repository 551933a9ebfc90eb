using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>gradient-pca</c>: principal components (uncentred) of the output-sensitivity gradients <c>∂f_q(x)/∂θ</c> over all samples x
/// and outputs q: the leading eigenvectors of <c>mean J(x)ᵀJ(x)</c>, one subnetwork each. Directions only.
/// </summary>
/// <remarks>
/// Kept are the components before the largest ratio of successive variances (the eigengap), which looks at no truth. Components
/// of equal variance are free to rotate: they make one subnetwork together. Not equivariant under rescaling of units.
/// </remarks>
public sealed class GradientPca(GradientPcaOptions? options = null) : IDecompositionMethod
{
    /// <summary>Up to this many parameters the whole spectrum is cheaper than an iteration.</summary>
    private const long DenseUpTo = 256;

    /// <summary>Variances below this share of the largest are rounding; they count as equal to it when ratios are compared.</summary>
    private const double NoVariance = 1e-12;

    private readonly GradientPcaOptions _options = (options ?? new GradientPcaOptions()).Validated();

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "gradient-pca", "1", "Principal components of the per-sample output gradients in parameter space.", IsStochastic: false);

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        using var gram = new OutputGramOperator(subject, context.Device);
        IEigensolver solver = gram.Dimension <= DenseUpTo ? new DenseEigensolver() : new ThickRestartLanczos();
        // The solver sweeps for missed copies; proving that there are none would cost P further products.
        var request = new EigenRequest((int)Math.Min(_options.MaximumCount + 1, gram.Dimension)) { ProofDimension = 0, HasValidity = false };
        var pairs = solver.Solve(gram, request, context.Progress, context.Cancellation);
        var variances = pairs.Values.Select(value => Math.Max(value, NoVariance * pairs.Values[0])).ToArray();
        var runs = DegenerateRuns.Of(variances).ToArray();
        var subnetworks = runs.Take(Kept(variances, runs)).Select(run => Component(pairs.Vectors, run.Start, run.End));
        return new Decomposition(
            Describe(), [.. subnetworks],
            new Dictionary<string, string>
            {
                ["variances"] = string.Join(" ", pairs.Values.Select(value => $"{value:g6}")), ["converged"] = $"{pairs.Converged}",
            })
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// How many runs stand before the largest drop. A single run (all variances equal, or one parameter) is kept; zero gradients keep nothing.
    /// </summary>
    private static int Kept(double[] variances, (int Start, int End)[] runs) =>
        variances[0] <= 0 ? 0
        : runs.Length == 1 ? 1
        : 1 + Enumerable.Range(0, runs.Length - 1).MaxBy(i => variances[runs[i].End - 1] / variances[runs[i].End]);

    private static Subnetwork Component(Tensor vectors, int start, int end) => new(
        end - start == 1 ? $"component {start}" : $"components {start} … {end - 1}",
        DenseSubspace.Span(vectors.narrow(0, start, end - start)));
}

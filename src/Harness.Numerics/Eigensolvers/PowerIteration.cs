using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Power iteration with deflation, one eigenpair after another, stopped when the eigenvalue changes by less than the request's tolerance or after
/// <see cref="MaxIterations"/>: what common Hessian tools do, for comparison. Not to be relied on. By magnitude only.
/// </summary>
/// <remarks>
/// An eigenvalue settles at twice the rate of its vector, and within a cluster long before the vectors have parted, so this rule returns mixtures. The
/// certificate says so: it holds the vectors to the residuals that <see cref="ThickRestartLanczos"/> must reach, without a Rayleigh–Ritz step to
/// mend them. Nothing is swept for missed copies, so completeness is never claimed.
/// </remarks>
public sealed class PowerIteration : IEigensolver
{
    /// <summary>Most iterations per pair: 100, the usual default.</summary>
    public const int MaxIterations = 100;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request is not by magnitude.</exception>
    public Eigenpairs Solve(
        ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (request.End != SpectrumEnd.Magnitude)
            throw new ArgumentException($"Power iteration finds eigenvalues by magnitude, not the {request.End} ones.", nameof(request));
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var measured = new MeasuredOperator(op, cancellation);
        var random = RandomSource.Named(request.Seed, "power iteration");
        var wanted = (int)Math.Min(request.Count, op.Dimension);
        var vectors = zeros(wanted, op.Dimension, ScalarType.Float64);
        var (values, flags) = (new double[wanted], EigenFlags.None);
        var found = 0;
        Eigenpairs pairs;
        try
        {
            for (; found < wanted; found++)
            {
                flags |= FindNext(measured, vectors, found, values, request, random) ? EigenFlags.None : EigenFlags.BudgetSpent;
                progress?.Report((found + 1) / (double)wanted);
            }
        }
        catch (NonFiniteProductException)
        {
            // Whatever was found before is certified below.
        }
        try
        {
            pairs = found > 0
                ? Certify(measured, request, values[..found], vectors.narrow(0, 0, found), flags)
                : EigenCertificate.OfNothing(measured, request).Issue(Completeness.Incomplete, flags, 0, CompletenessEffort.None);
        }
        catch (NonFiniteProductException)
        {
            pairs = EigenCertificate.OfNothing(measured, request).Issue(Completeness.Incomplete, flags, 0, CompletenessEffort.None);
        }
        pairs.Vectors.MoveToOuterDisposeScope();
        return pairs;
    }

    /// <summary>Writes the next vector and its Rayleigh quotient; false if the iterations or the products ran out before the value settled.</summary>
    private static bool FindNext(MeasuredOperator op, Tensor vectors, int found, double[] values, EigenRequest request, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var vector = Deflated(Blocks.Gaussian(random, 1, op.Dimension)[0], vectors, found);
        for (var iteration = 1; ; iteration++)
        {
            vectors.select(0, found).copy_(vector);
            var image = op.Multiply(vector.unsqueeze(0))[0];
            var (previous, value) = (values[found], vector.dot(image).ToDouble());
            values[found] = value;
            if (iteration > 1 && Math.Abs(value - previous) <= request.Tolerance * Math.Abs(value))
                return true;
            if (iteration == MaxIterations || op.Products >= request.MaxProducts || image.norm().ToDouble() == 0)
                return value == 0;
            vector = Deflated(image, vectors, found);
        }
    }

    /// <summary>Off the vectors found so far, twice, and of unit norm.</summary>
    private static Tensor Deflated(Tensor vector, Tensor vectors, int found)
    {
        using var scope = NewDisposeScope();
        var basis = vectors.narrow(0, 0, found);
        for (var pass = 0; pass < 2; pass++)
        {
            vector = vector / vector.norm();
            if (found > 0)
                vector = vector - basis.mv(vector).matmul(basis);
        }
        return (vector / vector.norm()).MoveToOuterDisposeScope();
    }

    private static Eigenpairs Certify(MeasuredOperator op, EigenRequest request, double[] values, Tensor vectors, EigenFlags flags)
    {
        op.Purpose = ProductPurpose.Certificate;
        var order = SpectrumOrder.Reported(SpectrumEnd.Magnitude, values);
        double[] ordered = [.. order.Select(i => values[i])];
        var rows = vectors.index_select(0, tensor(order.Select(i => (long)i).ToArray()));
        var residuals = Blocks.RowNorms(op.MultiplyReference(rows) - tensor(ordered).unsqueeze(1) * rows);
        // The step measures noise and norm; its better pairs are not what the iteration found.
        var measured = RayleighRitz.Step(op, rows, SpectrumEnd.Magnitude, ordered.Max(Math.Abs), request.Seed);
        var raw = measured with { Values = ordered, Vectors = rows, Residuals = residuals };
        return new EigenCertificate(op, request, raw, [], new double[ordered.Length]).Issue(Completeness.Incomplete, flags, 0, CompletenessEffort.None);
    }
}

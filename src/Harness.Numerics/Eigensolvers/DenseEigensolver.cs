using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Writes the operator out by n float64 products and decomposes the matrix. The reference for every other solver; for n ≤ <see cref="MaxDimension"/>.
/// </summary>
/// <remarks>
/// The matrix is symmetrised only after its asymmetry was measured; the result reports it. Completeness is proved: all eigenvalues are known.
/// A product that is not finite leaves no matrix, so then there are no pairs, only the flag.
/// </remarks>
public sealed class DenseEigensolver : IEigensolver
{
    /// <summary>Largest dimension it accepts: 4000, a matrix of 122 MiB.</summary>
    public const long MaxDimension = 4000;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The dimension exceeds <see cref="MaxDimension"/>.</exception>
    public Eigenpairs Solve(
        ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (op.Dimension > MaxDimension)
            throw new ArgumentException(
                $"The dense solver takes operators up to dimension {MaxDimension}, got {op.Dimension}. Use {nameof(ThickRestartLanczos)}.", nameof(op));
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var measured = new MeasuredOperator(op, cancellation);
        Eigenpairs pairs;
        try
        {
            pairs = Solve(measured, request, progress);
        }
        catch (NonFiniteProductException)
        {
            pairs = EigenCertificate.OfNothing(measured, request).Issue(Completeness.Incomplete, EigenFlags.None, 0, CompletenessEffort.None);
        }
        pairs.Vectors.MoveToOuterDisposeScope();
        progress?.Report(1);
        return pairs;
    }

    private static Eigenpairs Solve(MeasuredOperator op, EigenRequest request, IProgress<double>? progress)
    {
        var matrix = WrittenOut.Matrix(op, progress);
        var (values, vectors) = linalg.eigh(matrix.Symmetric);
        var eigenvalues = Blocks.ToArray(values);
        var order = SpectrumOrder.Inwards(request.End, eigenvalues);
        var wanted = order.Take(request.Count).ToArray();
        var rows = vectors.transpose(0, 1).index_select(0, tensor(wanted.Select(i => (long)i).ToArray()));
        var norm = eigenvalues.Max(Math.Abs);
        var uncertainty = Tolerances.DenseEigenvalue(op.Dimension) * norm;
        var others = order.Skip(request.Count).Select(i => new KnownValue(eigenvalues[i], uncertainty)).ToArray();
        op.Purpose = ProductPurpose.Certificate;
        var ritz = RayleighRitz.Step(op, rows, request.End, norm, request.Seed);
        return new EigenCertificate(op, request, ritz, others, new double[wanted.Length])
            .Issue(Completeness.Proved, EigenFlags.None, norm == 0 ? 0 : matrix.Asymmetry / norm, CompletenessEffort.None);
    }
}

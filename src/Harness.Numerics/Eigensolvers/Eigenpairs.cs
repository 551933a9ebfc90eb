using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Certified eigenpairs. Order: algebraically descending, or by descending |λ| if asked by magnitude. Residuals are computed from fresh float64 products
/// after a final Rayleigh–Ritz step, never taken from the iteration.
/// </summary>
public sealed partial class Eigenpairs
{
    /// <summary>λ, <c>[k]</c>.</summary>
    public required double[] Values { get; init; }

    /// <summary>Orthonormal eigenvectors <c>[k, n]</c> float64, rows, in the order of <see cref="Values"/>.</summary>
    public required Tensor Vectors { get; init; }

    /// <summary>‖Hv − λv‖, <c>[k]</c>.</summary>
    public required double[] Residuals { get; init; }

    /// <summary>The residual each pair had to reach, <c>[k]</c>: <c>max(4η‖H‖, tol·min(|λ|, gap))</c>.</summary>
    public required double[] ResidualLimits { get; init; }

    /// <summary>Bounds of the eigenvalues' errors, <c>[k]</c>: the residual of the cluster, or Kato–Temple where its gap allows.</summary>
    /// <remarks>
    /// Kato–Temple and <see cref="AngleBounds"/> presume that no eigenvalue was missed; an incomplete result carries neither. See
    /// <see cref="Completeness"/>.
    /// </remarks>
    public required double[] ValueBounds { get; init; }

    /// <summary>
    /// Bounds of the largest angle between the span of a pair's cluster and the true eigenspace, radians, <c>[k]</c> (Davis–Kahan); null where there is
    /// no gap to speak of.
    /// </summary>
    public required double?[] AngleBounds { get; init; }

    /// <summary>A partition of the pairs into clusters.</summary>
    public required IReadOnlyList<EigenCluster> Clusters { get; init; }

    /// <summary>Products spent, the certificate's included and a proof's not.</summary>
    public required long Products { get; init; }

    /// <summary>What the products were spent on.</summary>
    public ProductSplit Split { get; init; } = ProductSplit.None;

    /// <summary>What was spent on looking for missed eigenvalues, and what it found. A proof's products are not among <see cref="Products"/>.</summary>
    public required CompletenessEffort Effort { get; init; }

    /// <summary>How sure it is that nothing was missed.</summary>
    public required Completeness Completeness { get; init; }

    /// <summary>
    /// η: noise of the products relative to ‖H‖, measured on random probes and on the returned vectors — against the float64 operator, or for one that is
    /// float64 itself by its deviation from linearity; at least <see cref="Tolerances.LeastNoise"/>.
    /// </summary>
    public required double Noise { get; init; }

    /// <summary>‖H‖: the largest |λ| seen, a lower bound that is sharp when either extreme was found.</summary>
    public required double Norm { get; init; }

    /// <summary>Measured deviation from symmetry relative to ‖H‖.</summary>
    public required double Asymmetry { get; init; }

    /// <summary>What a reader must know.</summary>
    public required EigenFlags Flags { get; init; }

    /// <summary>The number, from 1, of the first product that held NaN or infinity; null if all were finite.</summary>
    public long? NonFiniteProduct { get; init; }

    /// <summary>How far from θ each eigenvalue is the curvature of the loss; the reason why it is not known, where it is not.</summary>
    public EigenValidity Validity { get; init; } = EigenValidity.NotAsked;

    /// <summary>The function that the operator belongs to.</summary>
    internal ILocalFunction? Function { get; init; }

    /// <summary>k.</summary>
    public int Count => Values.Length;

    /// <summary>|λ| at or below which an eigenvalue cannot be told from zero: <c>4η‖H‖</c>.</summary>
    public double ZeroLevel => Tolerances.NoiseFloor(Noise) * Norm;

    /// <summary>
    /// Measures <see cref="Validity"/> for pairs whose request left it out: 20 to 60 gradients a pair, no products.
    /// </summary>
    /// <param name="progress">Receives the share of pairs done, 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between pairs.</param>
    /// <returns>The radii, or the reason why there are none.</returns>
    /// <exception cref="ObjectDisposedException">The operator or the vectors were disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EigenValidity MeasureValidity(IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        EigenValidity.Of(Function, Values, Vectors, ZeroLevel, progress, cancellation);

    /// <summary>Whether a pair meets the stopping rule.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not in 0 … k − 1.</exception>
    public bool IsConverged(int index) => Residuals[index] <= ResidualLimits[index];

    /// <summary>Whether every pair meets the stopping rule, and no product that was not finite ended the search for them.</summary>
    public bool Converged => NonFiniteProduct is null && Enumerable.Range(0, Count).All(IsConverged);
}

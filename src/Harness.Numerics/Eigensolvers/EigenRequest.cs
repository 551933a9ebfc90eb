namespace Harness.Numerics;

/// <summary>Which eigenpairs are wanted, and how well.</summary>
/// <param name="Count">k ≥ 1. More than the dimension n is answered with n pairs and a flag.</param>
/// <param name="End">Which end of the spectrum; default: the algebraically largest.</param>
/// <param name="Tolerance">
/// A pair has converged when <c>‖Hv − λv‖ ≤ tol·min(|λ|, gap)</c>, but never below what the noise of the products allows. In (0, 1); default 1e-6.
/// </param>
/// <param name="Seed">Seed of the start and sweep vectors. Equal seeds give equal bits.</param>
public sealed record EigenRequest(int Count, SpectrumEnd End = SpectrumEnd.Largest, double Tolerance = 1e-6, ulong Seed = 0)
{
    /// <summary>
    /// Most products an iterative solver may spend before it returns what it has; the certificate's k + 2 products and those of a proof come on top. Null
    /// (the default): 200 times the basis size.
    /// </summary>
    /// <value>At least 1.</value>
    public long? MaxProducts { get; init; }

    /// <summary>
    /// Largest dimension up to which an iterative solver proves that it missed nothing, by the eigenvalues of the written-out matrix (n further
    /// products). 0: never. Default 2000.
    /// </summary>
    /// <value>At least 0.</value>
    public long ProofDimension { get; init; } = 2000;

    /// <summary>
    /// Whether the result carries how far each eigenvalue holds. It costs 20 to 60 gradients a pair, more than the solve itself; whoever takes no step
    /// along a vector leaves it out. Default true.
    /// </summary>
    public bool HasValidity { get; init; } = true;

    /// <summary>Throws unless the request is as documented.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Count);
        if (!(Tolerance is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must lie in (0, 1).");
        if (!Enum.IsDefined(End))
            throw new ArgumentOutOfRangeException(nameof(End), End, "No such end of a spectrum.");
        if (MaxProducts is { } most)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most, nameof(MaxProducts));
        ArgumentOutOfRangeException.ThrowIfNegative(ProofDimension);
    }
}

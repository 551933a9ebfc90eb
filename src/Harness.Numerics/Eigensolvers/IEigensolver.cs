namespace Harness.Numerics;

/// <summary>Finds eigenpairs at one end of the spectrum of a symmetric operator.</summary>
public interface IEigensolver
{
    /// <summary>Solves a request. A request that cannot be met, for want of products or because one is not finite, returns what is certified, with flags.</summary>
    /// <param name="op">The operator. Its tensors are not modified.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Receives the share of wanted pairs that have converged, 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Honoured before every product.</param>
    /// <returns>The pairs; their tensor belongs to the caller's dispose scope.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Eigenpairs Solve(
        ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default);
}

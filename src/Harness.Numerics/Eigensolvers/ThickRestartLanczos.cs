using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Single-vector thick-restart Lanczos with full reorthogonalisation, a completeness sweep and an explicit certificate; for any dimension. A single
/// Krylov space holds one copy of every repeated eigenvalue only, so after convergence a few products from a fresh random vector look for more beyond
/// the k-th value; what they find is kept and iterated until a sweep finds nothing.
/// </summary>
/// <remarks>
/// K. Wu, H. Simon, "Thick-restart Lanczos method for large symmetric eigenvalue problems", 2000. Basis size max(2k, k + 20). Deterministic: equal
/// operators, requests and thread counts give equal bits. Memory: the basis, 8·n·max(2k, k + 20) bytes.
/// </remarks>
public sealed class ThickRestartLanczos : IEigensolver
{
    /// <inheritdoc/>
    public Eigenpairs Solve(
        ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var run = new LanczosRun(new MeasuredOperator(op, cancellation), request, progress);
        var pairs = run.Solve();
        pairs.Vectors.MoveToOuterDisposeScope();
        return pairs;
    }
}

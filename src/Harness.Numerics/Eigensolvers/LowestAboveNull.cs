using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The least eigenvalues that stand above zero: the flattest directions in which something happens at all. Asks another solver for the algebraically
/// smallest pairs, twice as many again and again, until enough of them lie above <see cref="Eigenpairs.ZeroLevel"/>; negative ones and zeros are left out.
/// </summary>
/// <remarks>
/// An iterative solver must find every zero first, so it serves for null spaces of up to a few hundred dimensions; the dense solver for any.
/// </remarks>
/// <param name="inner">Finds the smallest pairs.</param>
public sealed class LowestAboveNull(IEigensolver inner) : IEigensolver
{
    /// <summary>Most pairs it asks for: 1024. A larger null space is answered with what was found, and flags.</summary>
    public const int MaxPairs = 1024;

    private const int FirstSpare = 16;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request is not for the smallest.</exception>
    public Eigenpairs Solve(
        ISymmetricOperator op, EigenRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (request.End != SpectrumEnd.Smallest)
            throw new ArgumentException($"The lowest eigenvalues above the null space are sought from the smallest, not from the {request.End}.", nameof(request));
        using var scope = NewDisposeScope();
        var spent = ProductSplit.None;
        for (var count = request.Count + (long)FirstSpare; ; count *= 2)
        {
            var most = inner is DenseEigensolver ? op.Dimension : Math.Min(op.Dimension, Math.Max(MaxPairs, request.Count));
            var asked = (int)Math.Min(inner is DenseEigensolver ? most : count, most);
            var pairs = inner.Solve(op, request with { Count = asked, HasValidity = false }, progress, cancellation);
            spent += pairs.Split;
            int[] above = [.. Enumerable.Range(0, pairs.Count).Where(i => pairs.Values[i] > pairs.ZeroLevel)];
            if (above.Length < request.Count && asked < most && (pairs.Flags & (EigenFlags.BudgetSpent | EigenFlags.NonFiniteProduct)) == 0)
                continue;
            var lowest = pairs.Subset(
                [.. above.TakeLast(request.Count)], spent, above.Length < request.Count ? EigenFlags.FewerThanRequested : EigenFlags.None,
                (values, vectors) => request.HasValidity
                    ? EigenValidity.Of(op.Function, values, vectors, pairs.ZeroLevel, null, cancellation)
                    : EigenValidity.NotAsked);
            lowest.Vectors.MoveToOuterDisposeScope();
            return lowest;
        }
    }
}

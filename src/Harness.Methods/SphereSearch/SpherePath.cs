using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>One search from one start through all radii.</summary>
/// <param name="Eigenvectors">K, the dimension of the eigenspace.</param>
/// <param name="Start">Number of the random start.</param>
/// <param name="Points">One for each radius, ascending.</param>
/// <param name="Unsearched">The random start at the largest radius, <c>[P]</c>: what a search that does nothing answers.</param>
public sealed record SpherePath(int Eigenvectors, int Start, IReadOnlyList<SpherePoint> Points, Tensor Unsearched)
{
    /// <summary>At the largest radius.</summary>
    public SpherePoint End => Points[^1];

    /// <summary>Hands all tensors to the outer dispose scope and returns itself.</summary>
    public SpherePath MoveToOuterDisposeScope()
    {
        foreach (var point in Points)
            point.Displacement.MoveToOuterDisposeScope();
        Unsearched.MoveToOuterDisposeScope();
        return this;
    }
}

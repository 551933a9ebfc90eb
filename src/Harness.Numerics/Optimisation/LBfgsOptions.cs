namespace Harness.Numerics;

/// <summary>When <see cref="LBfgs"/> stops and how much it remembers.</summary>
/// <param name="GradientTolerance">Converged at <c>‖∇f‖ ≤</c> this (Euclidean norm); default 1e-6. 0: never.</param>
/// <param name="MostIterations">Most steps, at least 1; default 1,000.</param>
/// <param name="Memory">Pairs of steps and gradient changes that approximate the curvature, at least 1; default 20.</param>
public sealed record LBfgsOptions(double GradientTolerance = 1e-6, int MostIterations = 1000, int Memory = 20)
{
    /// <summary>Throws unless the options are as documented.</summary>
    internal void Validate()
    {
        if (!(GradientTolerance >= 0))
            throw new ArgumentOutOfRangeException(nameof(GradientTolerance), GradientTolerance, "A gradient norm is compared with it: it must be 0 or more.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Memory, 1);
    }
}

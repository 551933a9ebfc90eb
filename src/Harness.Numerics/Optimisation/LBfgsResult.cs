namespace Harness.Numerics;

/// <summary>Where a minimisation ended. The point is the best one visited: every accepted step lowers the value (to roundoff).</summary>
/// <param name="Point"><c>[n]</c>.</param>
/// <param name="Value">f there.</param>
/// <param name="GradientNorm">‖∇f‖ there.</param>
/// <param name="Iterations">Accepted steps.</param>
/// <param name="Evaluations">Times that value and gradient were computed.</param>
/// <param name="End">Why it ended.</param>
public sealed record LBfgsResult(double[] Point, double Value, double GradientNorm, int Iterations, int Evaluations, LBfgsEnd End)
{
    /// <summary>Whether the gradient's norm is within the tolerance.</summary>
    public bool IsConverged => End == LBfgsEnd.Converged;
}

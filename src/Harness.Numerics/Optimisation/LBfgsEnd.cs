namespace Harness.Numerics;

/// <summary>Why a minimisation ended.</summary>
public enum LBfgsEnd
{
    /// <summary>The gradient's norm is within the tolerance.</summary>
    Converged,

    /// <summary>The iterations are used up. Likely causes: an ill-conditioned or unbounded function. Next: more iterations, or a larger memory.</summary>
    IterationLimit,

    /// <summary>
    /// No step along steepest descent satisfies the Wolfe conditions. Likely causes: the function is at its roundoff (the tolerance asks for more than
    /// float64 can show), is not differentiable there, falls without bound, or its gradient is wrong. Next: look at the gradient's norm; check it
    /// against differences.
    /// </summary>
    LineSearchStalled,
}

namespace Harness.Models;

/// <summary>Two algebraically equal ways to write cross-entropy, which differ in rounding.</summary>
public enum CrossEntropyForm
{
    /// <summary>
    /// <c>softplus(logsumexp_{j≠y}(z_j − z_y))</c>. No term <c>p_y − 1</c> is ever formed, so curvature survives on memorised samples. The default.
    /// </summary>
    Margin,

    /// <summary><c>logsumexp(z) − z_y</c>, as most libraries write it.</summary>
    Plain,
}

namespace Harness.Numerics.Tests;

/// <summary>Ways to get a stochastic Lanczos quadrature wrong.</summary>
public enum DensityFlaw
{
    None,

    /// <summary>The absolute first components as weights, not their squares.</summary>
    WeightsNotSquared,

    /// <summary>Eigenvectors of the tridiagonal matrix read by columns: the first vector's components as weights.</summary>
    ColumnsAsRows,

    ProbesNotNormalised,

    /// <summary>No 1/(σ√2π).</summary>
    KernelNotNormalised,

    /// <summary>The spread of the probes as the error of their mean.</summary>
    SpreadForError,

    /// <summary>The plain three-term recurrence: converged eigenvalues come again as ghosts.</summary>
    NoReorthogonalisation,

    /// <summary>One seed for all probes: no spread, so no error.</summary>
    OneProbe,

    /// <summary>Half-normal probes: too long along (1, …, 1).</summary>
    PositiveProbes,

    /// <summary>The mean over one probe less than there were.</summary>
    OneProbeLess,
}

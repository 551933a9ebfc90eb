namespace Harness.Numerics;

/// <summary>Which eigenvalues are wanted.</summary>
public enum SpectrumEnd
{
    /// <summary>The algebraically largest.</summary>
    Largest,

    /// <summary>The algebraically smallest.</summary>
    Smallest,

    /// <summary>The largest by absolute value, of either sign.</summary>
    Magnitude,
}

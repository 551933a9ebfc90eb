namespace Harness.Reporting;

/// <summary>Why a point has no place in a picture.</summary>
internal enum Undrawn
{
    /// <summary>Not a number, infinite, or beyond what a picture can place.</summary>
    NotFinite,

    /// <summary>Zero, negative or vanishing, on a logarithmic axis.</summary>
    NotPositive,

    /// <summary>Outside the range that was asked for.</summary>
    OutOfRange,
}

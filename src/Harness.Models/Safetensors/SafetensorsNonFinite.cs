namespace Harness.Models;

/// <summary>How many elements of a tensor are not finite.</summary>
/// <param name="NaN">Number of NaN elements.</param>
/// <param name="Infinite">Number of elements that are plus or minus infinity.</param>
public readonly record struct SafetensorsNonFinite(long NaN, long Infinite)
{
    /// <summary>Whether every element is finite.</summary>
    public bool IsClean => NaN == 0 && Infinite == 0;
}

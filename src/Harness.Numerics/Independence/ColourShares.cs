namespace Harness.Numerics;

/// <summary>To which of two subspaces a vector of length 1 belongs; the four shares add up to 1.</summary>
/// <param name="First">To A only.</param>
/// <param name="Second">To B only.</param>
/// <param name="Both">To both.</param>
/// <param name="Neither">To neither.</param>
public sealed record ColourShares(double First, double Second, double Both, double Neither);

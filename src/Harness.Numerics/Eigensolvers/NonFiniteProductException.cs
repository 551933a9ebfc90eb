namespace Harness.Numerics;

/// <summary>
/// The product of an operator with a finite vector held NaN or infinity. Likely causes: θ itself is not finite; the loss overflows on some sample (try
/// float64); a division or logarithm in the network meets zero.
/// </summary>
public sealed class NonFiniteProductException(string message) : ArithmeticException(message);

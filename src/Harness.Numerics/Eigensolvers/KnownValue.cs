namespace Harness.Numerics;

/// <summary>An eigenvalue beyond the wanted ones, as far as it is known: a Ritz value with its residual, or an exact one with its rounding error.</summary>
internal readonly record struct KnownValue(double Value, double Uncertainty);

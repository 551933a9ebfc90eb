namespace Harness.Grading;

/// <summary>An answer that cannot be graded: not finite, of the wrong shape, or too large. An error of the method, never a score.</summary>
/// <param name="message">What is wrong, actual against expected, and in which subnetwork.</param>
public sealed class InvalidDecompositionException(string message) : Exception(message);

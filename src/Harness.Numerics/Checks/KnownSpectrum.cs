using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>All eigenvalues and eigenvectors of an operator, known by other means than the solver under test.</summary>
/// <param name="Values">λ, <c>[n]</c>, in any order.</param>
/// <param name="Vectors">Orthonormal eigenvectors <c>[n, n]</c>, rows, in the order of <paramref name="Values"/>.</param>
/// <param name="Rounding">How well the operator is known to have this spectrum, absolute: at least n·u·‖A‖ for a matrix that was multiplied out.</param>
public sealed record KnownSpectrum(IReadOnlyList<double> Values, Tensor Vectors, double Rounding);

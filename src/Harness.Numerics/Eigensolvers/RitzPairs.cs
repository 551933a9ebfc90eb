using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>All Ritz pairs of a basis of the given size, the most wanted first.</summary>
/// <param name="Values">Ritz values, <c>[size]</c>.</param>
/// <param name="Coefficients">Ritz vectors in the basis, <c>[size, size]</c>, rows.</param>
/// <param name="Residuals">Estimated residual norms, <c>[size]</c>.</param>
/// <param name="Couplings">Per pending direction, the residuals' shares of it, <c>[size]</c>.</param>
/// <param name="LeftOut">The share of the residuals that points along no pending direction, <c>[size]</c>.</param>
internal sealed record RitzPairs(double[] Values, Tensor Coefficients, double[] Residuals, double[][] Couplings, double[] LeftOut);

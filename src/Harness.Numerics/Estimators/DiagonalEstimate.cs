using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>An estimated diagonal. The tensors belong to the dispose scope of the call that made it.</summary>
/// <param name="Values"><c>[n]</c> float64.</param>
/// <param name="StandardErrors"><c>[n]</c> float64: per entry, over the probes; 0 where the diagonal was computed exactly.</param>
/// <param name="Products">Products spent.</param>
public sealed record DiagonalEstimate(Tensor Values, Tensor StandardErrors, long Products);

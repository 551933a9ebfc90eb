using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Consecutive samples with their share of the mean. The shares of all batches sum to 1, so the short last batch counts as what it holds.</summary>
/// <param name="Inputs"><c>[B, ...]</c>.</param>
/// <param name="Targets"><c>[B]</c> or <c>[B, outputs]</c>.</param>
/// <param name="Shares"><c>[B]</c> float64: weight over total weight.</param>
internal sealed record SampleBatch(Tensor Inputs, Tensor Targets, Tensor Shares);

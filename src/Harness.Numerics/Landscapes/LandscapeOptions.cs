using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>How a loss landscape computes.</summary>
/// <param name="BatchSize">
/// Most samples per batch, at least 1; default 2048 (on an MLP with 3,481 samples 10 % cheaper per product than one batch). It bounds the memory of one
/// forward pass, never the result: batches are weighted by what they hold.
/// </param>
/// <param name="DataType">Working precision of products: float64 (default, for verification) or float32 (for speed). Sums over batches are always float64.</param>
/// <param name="Device">A torch device, <c>cpu</c> (default) or <c>cuda:0</c>.</param>
public sealed record LandscapeOptions(long BatchSize = 2048, ScalarType DataType = ScalarType.Float64, string Device = "cpu")
{
    /// <summary>
    /// Whether Hessian products always go by automatic differentiation. Default false: on a CPU, networks of linear layers and activations take the
    /// hand-written forward-over-reverse route, which gives the same products and was measured to be faster.
    /// </summary>
    public bool AlwaysDifferentiate { get; init; }

    /// <summary>Throws unless the options are as documented.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentException.ThrowIfNullOrEmpty(Device);
        if (DataType is not (ScalarType.Float64 or ScalarType.Float32))
            throw new ArgumentException($"Products run in Float64 or Float32, not in {DataType}.", nameof(DataType));
    }
}

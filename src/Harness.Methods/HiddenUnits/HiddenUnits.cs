using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Finds the hidden units of a network from its operations alone. Every value is accompanied by labels of the same shape (for one
/// sample): unit numbers for activations, flat coordinates for parameters. Weights create and read units; elementwise operations,
/// sums of branches and changes of shape carry them along; a value that mixes units in any other way (softmax, a product of two
/// activation matrices) disqualifies the units in it.
/// </summary>
/// <remarks>
/// Units that are added or multiplied entry by entry (two embeddings, a residual stream) are one unit. A convolution's unit is a channel.
/// Output units are not hidden, so an output bias belongs to no unit.
/// </remarks>
public static class HiddenUnits
{
    /// <summary>The hidden units, in the order in which the network computes them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sample">One input with its batch dimension, <c>[1, ...]</c>; only its shape is used.</param>
    /// <exception cref="ArgumentException"><paramref name="sample"/> is not one sample.</exception>
    public static IReadOnlyList<HiddenUnit> Find(Network network, Tensor sample)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.ndim == 0 || sample.shape[0] != 1)
            throw new ArgumentException($"Expected one sample [1, ...], got [{string.Join(", ", sample.shape)}].", nameof(sample));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return new UnitTracer(network, sample.shape).Trace();
    }
}

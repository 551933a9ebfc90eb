using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>A network at a point θ* of its parameter space, with the loss it was trained on.</summary>
public sealed record Model
{
    /// <summary>Creates a model.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="parameters">θ*, <c>[P]</c> float64 in layout order.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public Model(Network network, Tensor parameters, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(loss);
        if (parameters.ndim != 1 || parameters.shape[0] != network.Layout.Length || parameters.dtype != ScalarType.Float64)
            throw new ArgumentException(
                $"Expected parameters [{network.Layout.Length}] float64, got {parameters.dtype} [{string.Join(", ", parameters.shape)}].", nameof(parameters));
        (Network, Parameters, Loss) = (network, parameters, loss);
    }

    /// <summary>The architecture.</summary>
    public Network Network { get; }

    /// <summary>θ*, <c>[P]</c> float64 in layout order.</summary>
    public Tensor Parameters { get; init; }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }
}

namespace Harness.ToyModels;

/// <summary>A toy model of superposition (toymodels.md B1): sparse features through a narrow linear layer and back.</summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="Features">n, number of inputs and of outputs.</param>
/// <param name="Hidden">h, width of the linear hidden layer.</param>
/// <param name="IsTied">Whether the decoder is the encoder transposed.</param>
public sealed record SuperpositionSpec(string Id, int Features, int Hidden, bool IsTied)
{
    /// <summary>
    /// Whether an identity layer, a parameter <c>[h, h]</c>, lies between encoder and decoder; default no. It is put there after training, so it is
    /// the identity exactly, and it is a subnetwork of its own.
    /// </summary>
    public bool HasIdentity { get; init; }

    /// <summary>
    /// Added to every output bias after training, default 0. Where n = h all trained biases are 0, and untied some are: inactive outputs then sit on
    /// the kink of the ReLU and their gradients are sign noise. A shift of −1e-3 takes them off it.
    /// </summary>
    public double BiasShift { get; init; }

    /// <summary>Length of the schedules; default <see cref="SuperpositionSchedule.Full"/>.</summary>
    public SuperpositionSchedule Schedule { get; init; } = SuperpositionSchedule.Full;
}

namespace Harness.ToyModels;

/// <summary>How a digit-pattern network is trained.</summary>
/// <param name="Rate">Step size at the beginning of each stage; it falls linearly to zero.</param>
/// <param name="PureEpochs">Epochs on digits and patterns only, before any mixed image is seen; 0: none.</param>
/// <param name="FinalEpochs">Epochs on the sets of the last stage.</param>
/// <param name="IsMixedOnly">Whether the last stage sees mixed images only; otherwise all three sets.</param>
public sealed record DigitPatternSchedule(double Rate, int PureEpochs, int FinalEpochs, bool IsMixedOnly)
{
    /// <summary>μ: ½·μ‖θ‖² in the loss; default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Training images of each set; default 6,000.</summary>
    public int ImagesPerSet { get; init; } = 6000;

    /// <summary>
    /// Training is interrupted after so many epochs, both stages counted: a checkpoint, with the step sizes of the whole schedule. Null (default): it is not.
    /// </summary>
    public int? StopAfterEpochs { get; init; }

    /// <summary>All epochs.</summary>
    public int Epochs => PureEpochs + FinalEpochs;
}

namespace Harness.ToyModels;

/// <summary>A convolutional network for the digit-pattern data sets (toymodels.md B5): two convolutions with pooling, two dense layers.</summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="FirstChannels">Channels of the first convolution.</param>
/// <param name="SecondChannels">Channels of the second.</param>
/// <param name="Kernel">Side of both kernels; strides are 1.</param>
/// <param name="Padding">Zeros on every side of both convolutions' inputs.</param>
/// <param name="Hidden">Width of the hidden dense layer.</param>
/// <param name="IsSmooth">True: SiLU; false: ReLU.</param>
/// <param name="Schedule">How it is trained.</param>
public sealed record DigitPatternSpec(
    string Id, int FirstChannels, int SecondChannels, int Kernel, int Padding, int Hidden, bool IsSmooth, DigitPatternSchedule Schedule)
{
    /// <summary>The digits to use instead of drawn ones; default null: drawn ones. No weights are approved for others.</summary>
    public MnistDigits? Digits { get; init; }

    /// <summary>Cells along a side of a pattern; default 4, where each has 7 × 7 pixels.</summary>
    public int PatternCells { get; init; } = PatternImages.UsualCells;

    /// <summary>Its images at a seed.</summary>
    internal DigitPatternImages Images(ulong seed) => new(seed, Digits, PatternCells);

    /// <summary>Side of the images that the dense layers see: each stage convolves, then halves (rounding down).</summary>
    public int PooledSide => Halved(Halved(GreyImage.Side));

    private int Halved(int side) => (side + 2 * Padding - Kernel + 1) / 2;
}

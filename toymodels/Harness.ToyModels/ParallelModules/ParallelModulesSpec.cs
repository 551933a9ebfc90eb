namespace Harness.ToyModels;

/// <summary>Two branches side by side that vote by adding logits (toymodels.md A7).</summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="IsConvolutional">True: grouped convolutions with SiLU on two image channels; false: a ReLU perceptron on two halves of a canvas.</param>
/// <param name="Width">Hidden units of each branch, or channels of each of its convolutions.</param>
/// <param name="Rate">Step size at the beginning; it falls linearly to zero.</param>
/// <param name="Epochs">Passes over the training images.</param>
public sealed record ParallelModulesSpec(string Id, bool IsConvolutional, int Width, double Rate, int Epochs)
{
    /// <summary>Training images of each of the three sets; default 6,000.</summary>
    public int ImagesPerSet { get; init; } = 6000;

    /// <summary>Images of each of the six data sets that come with the model; default 500.</summary>
    public int Samples { get; init; } = 500;
}

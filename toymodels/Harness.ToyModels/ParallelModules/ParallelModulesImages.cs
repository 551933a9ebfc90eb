using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The images of <see cref="ParallelModules"/>: each branch has a view of its own, with a digit for the first and a pattern of the same label for the second.
/// A pure image has nothing, zeros, in the other view. A shorter set is the beginning of a longer one.
/// </summary>
/// <param name="spec">Decides the form: a canvas or channels.</param>
/// <param name="seed">Chooses the patterns and draws every image.</param>
internal sealed class ParallelModulesImages(ParallelModulesSpec spec, ulong seed)
{
    private readonly DigitPatternImages _images = new(seed);

    /// <summary>
    /// Images of a kind. Channels: <c>[count, 2, 28, 28]</c>. Canvas: <c>[count, 1, 28, 28]</c>, the digit squeezed into the upper half and the pattern
    /// into the lower one, 14 rows each, by the mean of two rows.
    /// </summary>
    /// <param name="kind">Mixed: both views, drawn independently, with the same label.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <param name="count">Number of images; image i has label i mod 10.</param>
    internal DataSet Sample(ImageKind kind, string split, int count)
    {
        using var scope = NewDisposeScope();
        var name = $"{kind.ToString().ToLowerInvariant()}-{split}";
        // Not the images that the pure sets have.
        var source = kind == ImageKind.Mixed ? name : split;
        var (digits, patterns) = (_images.Sample(ImageKind.Digits, source, count), _images.Sample(ImageKind.Patterns, source, count));
        var blank = zeros_like(digits.Inputs);
        Tensor[] views = [kind == ImageKind.Patterns ? blank : digits.Inputs, kind == ImageKind.Digits ? blank : patterns.Inputs];
        var inputs = spec.IsConvolutional ? cat(views, 1) : cat([.. views.Select(Squeezed)], 2);
        return new DataSet(name, inputs.MoveToOuterDisposeScope(), digits.Targets.MoveToOuterDisposeScope());
    }

    private static Tensor Squeezed(Tensor images) => images.reshape(-1, 1, GreyImage.Side / 2, 2, GreyImage.Side).mean([3L]);
}

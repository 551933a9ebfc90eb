using Harness.Models;

namespace Harness.ToyModels;

/// <summary>
/// The architectures of <see cref="ParallelModules"/>. Both branches' weights share tensors, so that no name tells them apart; weights between the
/// branches do not exist. There are no biases: a bias of the output would belong to both.
/// </summary>
/// <param name="spec">Which.</param>
internal sealed class ParallelModulesNetwork(ParallelModulesSpec spec)
{
    internal const int Branches = 2;
    private const int Kernel = 3;

    /// <summary>Pixels of half a canvas.</summary>
    private const int HalfCanvas = GreyImage.Pixels / 2;

    /// <summary>Side of the images after two poolings.</summary>
    private const int PooledSide = GreyImage.Side / 4;

    /// <summary>Units (channels) of both branches.</summary>
    private int Both => Branches * spec.Width;

    /// <summary>Parameters in layout order.</summary>
    internal ParameterLayout Layout() => new(spec.IsConvolutional
        ?
        [
            ("conv1", [Both, 1, Kernel, Kernel]), ("conv2", [Both, spec.Width, Kernel, Kernel]),
            ("dense", [DigitPatternImages.Labels, Both, PooledSide, PooledSide]),
        ]
        : [("w1", [Both, HalfCanvas]), ("w2", [DigitPatternImages.Labels, Both])]);

    /// <summary>The network.</summary>
    internal Network Architecture() => new(Layout(), spec.IsConvolutional ? Convolutional() : Perceptron(), "logits");

    /// <summary>
    /// Hidden units of each branch. The first convolution's channels are listed for both branches at once: the second convolution has them on one axis,
    /// so that they change places together.
    /// </summary>
    internal IReadOnlyList<HiddenUnits> Units()
    {
        var starts = Enumerable.Range(0, Branches).Select(branch => branch * spec.Width).ToList();
        if (!spec.IsConvolutional)
            return [.. starts.Select(start => new HiddenUnits(spec.Width, [new("w1", 0, 1, start), new("w2", 1, -1, start)], IsHomogeneous: true))];
        return
        [
            new(spec.Width, [.. starts.Select(start => new HiddenAxis("conv1", 0, 1, start)), new("conv2", 1, -1)], IsHomogeneous: false),
            .. starts.Select(start => new HiddenUnits(spec.Width, [new("conv2", 0, 1, start), new("dense", 1, -1, start)], IsHomogeneous: false)),
        ];
    }

    /// <summary>Flat positions of a branch's parameters.</summary>
    internal IEnumerable<long> Block(int branch)
    {
        var (layout, units) = (Layout(), Enumerable.Range(branch * spec.Width, spec.Width));
        var readout = layout[^1];
        return units.SelectMany(unit => layout.SkipLast(1).SelectMany(slot => FlatIndices.Along(slot, 0, unit)).Concat(FlatIndices.Along(readout, 1, unit)));
    }

    private IEnumerable<Operation> Perceptron() =>
    [
        .. Enumerable.Range(0, Branches).SelectMany(branch => (IEnumerable<Operation>)
        [
            new SliceOperation
            {
                Inputs = ["x"], Dimension = 2, Start = branch * GreyImage.Side / 2, End = (branch + 1) * GreyImage.Side / 2, Output = $"half.{branch}",
            },
            new FlattenOperation { Inputs = [$"half.{branch}"], Output = $"pixels.{branch}" },
            new SliceOperation { Inputs = ["w1"], Dimension = 0, Start = branch * spec.Width, End = (branch + 1) * spec.Width, Output = $"w1.{branch}" },
            new LinearOperation { Inputs = [$"pixels.{branch}"], Weight = $"w1.{branch}", Output = $"pre.{branch}" },
        ]),
        new ConcatOperation { Inputs = [.. Enumerable.Range(0, Branches).Select(branch => $"pre.{branch}")], Output = "pre" },
        new ReluOperation { Inputs = ["pre"], Output = "hidden" },
        // One matrix product adds the branches' votes.
        new LinearOperation { Inputs = ["hidden"], Weight = "w2", Output = "logits" },
    ];

    private IEnumerable<Operation> Convolutional()
    {
        IEnumerable<Operation> Stage(int stage, string input) =>
        [
            new Conv2dOperation { Inputs = [input], Weight = $"conv{stage}", Padding = Kernel / 2, Groups = Branches, Output = $"pre{stage}" },
            new SiluOperation { Inputs = [$"pre{stage}"], Output = $"active{stage}" },
            new MaxPool2dOperation { Inputs = [$"active{stage}"], Kernel = 2, Output = $"pool{stage}" },
        ];
        return
        [
            .. Stage(1, "x"),
            .. Stage(2, "pool1"),
            new FlattenOperation { Inputs = ["pool2"], Output = "features" },
            new ReshapeOperation { Inputs = ["dense"], NewShape = [DigitPatternImages.Labels, Both * PooledSide * PooledSide], Output = "dense_matrix" },
            new LinearOperation { Inputs = ["features"], Weight = "dense_matrix", Output = "logits" },
        ];
    }
}

using Harness.Models;

namespace Harness.ToyModels;

/// <summary>
/// The architecture of a digit-pattern network: image → convolution → activation → 2 × 2 max pool → convolution → activation → 2 × 2 max pool
/// → dense → activation → dense → 10 logits.
/// </summary>
internal static class DigitPatternNetwork
{
    /// <summary>
    /// Parameters in layout order. The first dense layer's weight is <c>[hidden, channels, side, side]</c>, so that one of its axes runs over
    /// the channels that it reads; the network flattens it.
    /// </summary>
    internal static ParameterLayout Layout(DigitPatternSpec spec) => new(
    [
        ("conv1", [spec.FirstChannels, 1, spec.Kernel, spec.Kernel]), ("conv1_bias", [spec.FirstChannels]),
        ("conv2", [spec.SecondChannels, spec.FirstChannels, spec.Kernel, spec.Kernel]), ("conv2_bias", [spec.SecondChannels]),
        ("dense1", [spec.Hidden, spec.SecondChannels, spec.PooledSide, spec.PooledSide]), ("dense1_bias", [spec.Hidden]),
        ("dense2", [DigitPatternImages.Labels, spec.Hidden]), ("dense2_bias", [DigitPatternImages.Labels]),
    ]);

    /// <summary>The network.</summary>
    internal static Network Architecture(DigitPatternSpec spec) => new(
        Layout(spec),
        [
            .. Stage(spec, 1, "x"),
            .. Stage(spec, 2, "pool1"),
            new FlattenOperation { Inputs = ["pool2"], Output = "features" },
            new ReshapeOperation
            {
                Inputs = ["dense1"], NewShape = [spec.Hidden, spec.SecondChannels * spec.PooledSide * spec.PooledSide], Output = "dense1_matrix",
            },
            new LinearOperation { Inputs = ["features"], Weight = "dense1_matrix", Bias = "dense1_bias", Output = "pre3" },
            Activation(spec, "pre3", "hidden"),
            new LinearOperation { Inputs = ["hidden"], Weight = "dense2", Bias = "dense2_bias", Output = "logits" },
        ],
        "logits");

    /// <summary>Channels and dense units, with every axis that runs over them.</summary>
    internal static IReadOnlyList<HiddenUnits> Units(DigitPatternSpec spec) =>
    [
        new(spec.FirstChannels, [new("conv1", 0, 1), new("conv1_bias", 0, 1), new("conv2", 1, -1)], !spec.IsSmooth),
        new(spec.SecondChannels, [new("conv2", 0, 1), new("conv2_bias", 0, 1), new("dense1", 1, -1)], !spec.IsSmooth),
        new(spec.Hidden, [new("dense1", 0, 1), new("dense1_bias", 0, 1), new("dense2", 1, -1)], !spec.IsSmooth),
    ];

    private static IEnumerable<Operation> Stage(DigitPatternSpec spec, int stage, string input) =>
    [
        new Conv2dOperation { Inputs = [input], Weight = $"conv{stage}", Bias = $"conv{stage}_bias", Padding = spec.Padding, Output = $"pre{stage}" },
        Activation(spec, $"pre{stage}", $"active{stage}"),
        new MaxPool2dOperation { Inputs = [$"active{stage}"], Kernel = 2, Output = $"pool{stage}" },
    ];

    private static Operation Activation(DigitPatternSpec spec, string input, string output) => spec.IsSmooth
        ? new SiluOperation { Inputs = [input], Output = output }
        : new ReluOperation { Inputs = [input], Output = output };
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Networks;

/// <summary>Networks that together use every operation of the vocabulary.</summary>
internal static class TestNetworks
{
    internal static Network Mlp() => new(
        new ParameterLayout([("w1", [4, 3]), ("b1", [4]), ("w2", [2, 4])]),
        [
            new LinearOperation { Inputs = ["x"], Weight = "w1", Bias = "b1", Output = "h" },
            new SiluOperation { Inputs = ["h"], Output = "a" },
            new LinearOperation { Inputs = ["a"], Weight = "w2", Output = "z" },
        ],
        "z");

    internal static Network Convolutional() => new(
        new ParameterLayout([("k", [4, 1, 3, 3]), ("kb", [4]), ("g", [4, 2, 3, 3]), ("w", [3, 16])]),
        [
            new ReshapeOperation { Inputs = ["x"], NewShape = [-1, 1, 8, 8], Output = "image" },
            new Conv2dOperation { Inputs = ["image"], Weight = "k", Bias = "kb", Padding = 1, Output = "c1" },
            new GeluOperation { Inputs = ["c1"], Output = "a1" },
            new MaxPool2dOperation { Inputs = ["a1"], Kernel = 2, Output = "p1" },
            new Conv2dOperation { Inputs = ["p1"], Weight = "g", Groups = 2, Padding = 1, Stride = 2, Output = "c2" },
            new ReluOperation { Inputs = ["c2"], Output = "a2" },
            new FlattenOperation { Inputs = ["a2"], Output = "f" },
            new LinearOperation { Inputs = ["f"], Weight = "w", Output = "z" },
        ],
        "z");

    /// <summary>int64 inputs [B, 2]; the rest of the vocabulary.</summary>
    internal static Network Tokens() => new(
        new ParameterLayout([("e", [5, 3]), ("m", [3, 3])]),
        [
            new SliceOperation { Inputs = ["x"], Dimension = 1, Start = 0, End = 1, Output = "first" },
            new SliceOperation { Inputs = ["x"], Dimension = 1, Start = 1, End = 2, Output = "second" },
            new EmbeddingOperation { Inputs = ["first"], Weight = "e", Output = "u" },
            new OneHotOperation { Inputs = ["second"], Classes = 5, Output = "hot" },
            new MatmulOperation { Inputs = ["hot", "e"], Output = "v" },
            new ConcatOperation { Inputs = ["u", "v"], Dimension = 1, Output = "uv" },
            new TransposeOperation { Inputs = ["uv"], First = 1, Second = 2, Output = "t" },
            new SumOperation { Inputs = ["t"], Dimension = 2, Output = "s" },
            new MultiplyOperation { Inputs = ["s", "k"], Output = "scaled" },
            new SquareOperation { Inputs = ["scaled"], Output = "sq" },
            new AddOperation { Inputs = ["sq", "s"], Output = "sum" },
            new MatmulOperation { Inputs = ["sum", "m"], Output = "mixed" },
            new SoftmaxOperation { Inputs = ["mixed"], Output = "p" },
            new ScaleOperation { Inputs = ["p"], Factor = 2, Output = "z" },
        ],
        "z",
        constants: new Dictionary<string, Tensor> { ["k"] = tensor(new[] { 1.0, -2, 0.5 }) });

    internal static Tensor Parameters(Network network, ulong seed) => tensor(new RandomSource(seed).Gaussians(network.Layout.Length));
}

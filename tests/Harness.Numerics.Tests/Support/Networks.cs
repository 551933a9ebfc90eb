using Harness.Models;

namespace Harness.Numerics.Tests;

/// <summary>Small networks of every kind that the harness plants things in.</summary>
internal static class Networks
{
    /// <summary>Entries of a channel after convolution (and pooling): 2 × 2.</summary>
    private const int MapSize = 4;

    internal static Network Of(NetworkSpec spec) => spec.Family switch
    {
        NetworkFamily.Convolution => Convolution(spec),
        NetworkFamily.TiedAutoencoder => TiedAutoencoder(spec),
        NetworkFamily.OneHotSum => OneHotSum(spec),
        _ => Mlp([spec.Inputs, .. Enumerable.Repeat((long)spec.Hidden, spec.Layers), spec.Outputs], spec.Activation),
    };

    /// <summary>Side of a convolutional network's images: 3 × 3 kernels, and 2 × 2 pools where there are, leave maps of 2 × 2.</summary>
    internal static int ImageSide(NetworkSpec spec) => spec.IsSmooth ? 4 : 6;

    /// <summary>The units of the first hidden layer.</summary>
    internal static HiddenUnits Units(NetworkSpec spec, ParameterLayout layout)
    {
        IEnumerable<long> Of(string tensor, int axis, int unit) => HiddenUnits.Along(layout[tensor], axis, unit);
        return spec.Family switch
        {
            NetworkFamily.Convolution => new(
                spec.Hidden, unit => [.. Of("w1", 0, unit), .. Of("b1", 0, unit)],
                unit => [.. Enumerable.Range(0, MapSize).SelectMany(place => Of("w2", 1, unit * MapSize + place))]),
            NetworkFamily.TiedAutoencoder => new(spec.Hidden, unit => [.. Of("w", 0, unit)], _ => []),
            NetworkFamily.OneHotSum => new(spec.Hidden, unit => [.. Of("w_a", 0, unit), .. Of("w_b", 0, unit)], unit => [.. Of("w_out", 1, unit)]),
            _ when spec.Layers == 0 => HiddenUnits.None,
            _ => new(spec.Hidden, unit => [.. Of("w1", 0, unit), .. Of("b1", 0, unit)], unit => [.. Of("w2", 1, unit)]),
        };
    }

    /// <summary>Linear layers with biases, an activation between any two.</summary>
    internal static Network Mlp(IReadOnlyList<long> widths, Activation activation)
    {
        var tensors = new List<(string, long[])>();
        var operations = new List<Operation>();
        for (var i = 1; i < widths.Count; i++)
        {
            var input = i == 1 ? "x" : $"a{i - 1}";
            tensors.Add(($"w{i}", [widths[i], widths[i - 1]]));
            tensors.Add(($"b{i}", [widths[i]]));
            operations.Add(new LinearOperation { Inputs = [input], Output = $"z{i}", Weight = $"w{i}", Bias = $"b{i}" });
            if (i < widths.Count - 1)
                operations.Add(Activate(activation, $"z{i}", $"a{i}"));
        }
        return new Network(new ParameterLayout(tensors), operations, $"z{widths.Count - 1}");
    }

    /// <summary>One convolution, an activation, pooling where that is not smooth anyway, a linear layer.</summary>
    private static Network Convolution(NetworkSpec spec) => new(
        new ParameterLayout([("w1", [spec.Hidden, 1, 3, 3]), ("b1", [spec.Hidden]), ("w2", [spec.Outputs, spec.Hidden * MapSize]), ("b2", [spec.Outputs])]),
        [
            new Conv2dOperation { Inputs = ["x"], Weight = "w1", Bias = "b1", Output = "z" },
            Activate(spec.Activation, "z", "a"),
            .. spec.IsSmooth ? [] : (Operation[])[new MaxPool2dOperation { Inputs = ["a"], Kernel = 2, Output = "pooled" }],
            new FlattenOperation { Inputs = [spec.IsSmooth ? "a" : "pooled"], Output = "flat" },
            new LinearOperation { Inputs = ["flat"], Weight = "w2", Bias = "b2", Output = "y" },
        ],
        "y");

    /// <summary><c>φ(WᵀWx + b)</c>: one tensor is both incoming and outgoing, and the hidden space may be rotated.</summary>
    private static Network TiedAutoencoder(NetworkSpec spec) => new(
        new ParameterLayout([("w", [spec.Hidden, spec.Outputs]), ("b", [spec.Outputs])]),
        [
            new LinearOperation { Inputs = ["x"], Weight = "w", Output = "hidden" },
            new TransposeOperation { Inputs = ["w"], First = 0, Second = 1, Output = "transposed" },
            new LinearOperation { Inputs = ["hidden"], Weight = "transposed", Bias = "b", Output = "z" },
            Activate(spec.Activation, "z", "y"),
        ],
        "y");

    /// <summary><c>W_out φ(w_a[a] + w_b[b])</c> for a pair of indices; quadratic, it is the closed form of modular addition.</summary>
    private static Network OneHotSum(NetworkSpec spec) => new(
        new ParameterLayout([("w_a", [spec.Hidden, spec.Outputs]), ("w_b", [spec.Hidden, spec.Outputs]), ("w_out", [spec.Outputs, spec.Hidden])]),
        [
            new OneHotOperation { Inputs = ["x"], Classes = spec.Outputs, Output = "pair" },
            new SliceOperation { Inputs = ["pair"], Start = 0, End = 1, Output = "first" },
            new FlattenOperation { Inputs = ["first"], Output = "a" },
            new SliceOperation { Inputs = ["pair"], Start = 1, End = 2, Output = "second" },
            new FlattenOperation { Inputs = ["second"], Output = "b" },
            new LinearOperation { Inputs = ["a"], Weight = "w_a", Output = "from_a" },
            new LinearOperation { Inputs = ["b"], Weight = "w_b", Output = "from_b" },
            new AddOperation { Inputs = ["from_a", "from_b"], Output = "z" },
            Activate(spec.Activation, "z", "hidden"),
            new LinearOperation { Inputs = ["hidden"], Weight = "w_out", Output = "y" },
        ],
        "y");

    private static Operation Activate(Activation activation, string input, string output) => activation switch
    {
        Activation.Relu => new ReluOperation { Inputs = [input], Output = output },
        Activation.Gelu => new GeluOperation { Inputs = [input], Output = output },
        Activation.Silu => new SiluOperation { Inputs = [input], Output = output },
        _ => new SquareOperation { Inputs = [input], Output = output },
    };
}

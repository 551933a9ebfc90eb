using Harness.Models;

namespace Harness.ToyModels;

/// <summary>The architecture of a chunked network, its blocks stacked so that no tensor's name tells them apart.</summary>
internal static class ModularAdditionChunkedNetwork
{
    private const int Blocks = ModularAdditionChunkedSpec.Blocks;
    private const int Width = ModularAdditionChunkedSpec.Width;
    private const int Hidden = ModularAdditionChunkedSpec.Hidden;

    /// <summary><c>e [p, 8]</c> and <c>u [p, 8]</c> with two columns a block, <c>w1 [4, 2, 8]</c> and <c>w2 [4, 8, 2]</c>.</summary>
    internal static ParameterLayout Layout(ModularAdditionChunkedSpec spec) => new(
    [
        ("e", [spec.Modulus, Blocks * Width]), ("w1", [Blocks, Width, Hidden]), ("w2", [Blocks, Hidden, Width]), ("u", [spec.Modulus, Blocks * Width]),
    ]);

    /// <summary>The network: <c>logits = Σ_b U_b·W2_b·silu(W1_b·(e_b[a] + e_b[b]))</c>.</summary>
    internal static Network Architecture(ModularAdditionChunkedSpec spec) => new(
        Layout(spec),
        [
            new EmbeddingOperation { Inputs = ["x"], Weight = "e", Output = "pair" },
            new SumOperation { Inputs = ["pair"], Dimension = 1, Output = "sum" },
            new ReshapeOperation { Inputs = ["sum"], NewShape = [-1, Blocks, 1, Width], Output = "chunks" },
            new MatmulOperation { Inputs = ["chunks", "w1"], Output = "pre" },
            new SiluOperation { Inputs = ["pre"], Output = "hidden" },
            new MatmulOperation { Inputs = ["hidden", "w2"], Output = "circles" },
            new ReshapeOperation { Inputs = ["circles"], NewShape = [-1, Blocks * Width], Output = "joined" },
            new LinearOperation { Inputs = ["joined"], Weight = "u", Output = "logits" },
        ],
        "logits");

    /// <summary>
    /// Hidden unit k of every block at once: SiLU units may be permuted and nothing else. The planes of the circles, before and behind the hidden
    /// layers, are linear: each is turned alike in every block.
    /// </summary>
    internal static IReadOnlyList<HiddenUnits> Units { get; } =
    [
        new(Hidden, [new("w1", 2, 1), new("w2", 1, -1)], IsHomogeneous: false),
        new(Width, [.. Planes("e", 1), new("w1", 1, -1)], IsHomogeneous: false) { IsLinear = true },
        new(Width, [.. Planes("u", -1), new("w2", 2, 1)], IsHomogeneous: false) { IsLinear = true },
    ];

    /// <summary>Flat positions of a block's parameters.</summary>
    internal static IEnumerable<long> Block(ParameterLayout layout, int block)
    {
        var columns = Enumerable.Range(block * Width, Width).ToArray();
        return columns.SelectMany(column => FlatIndices.Along(layout["e"], 1, column))
            .Concat(FlatIndices.Along(layout["w1"], 0, block))
            .Concat(FlatIndices.Along(layout["w2"], 0, block))
            .Concat(columns.SelectMany(column => FlatIndices.Along(layout["u"], 1, column)));
    }

    private static IEnumerable<HiddenAxis> Planes(string tensor, int power) =>
        Enumerable.Range(0, Blocks).Select(block => new HiddenAxis(tensor, 1, power, block * Width));
}

using Harness.Models;

namespace Harness.ToyModels;

/// <summary>A trained network for addition modulo p that consists of separate blocks, one a frequency (toymodels.md B6b).</summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="Modulus">p.</param>
/// <param name="FixedFrequencies">The frequencies; null: drawn from the seed.</param>
public sealed record ModularAdditionChunkedSpec(string Id, int Modulus, IReadOnlyList<int>? FixedFrequencies = null)
{
    /// <summary>Number of blocks.</summary>
    public const int Blocks = 4;

    /// <summary>Width of a block's embedding and of its output: a circle.</summary>
    public const int Width = 2;

    /// <summary>Hidden SiLU units of a block.</summary>
    public const int Hidden = 8;

    /// <summary>μ: the loss is cross-entropy + ½·μ‖θ‖². Without it every block would grow for ever.</summary>
    public const double WeightDecay = 1e-3;

    /// <summary>Training ends at this gradient norm; default 1e-7, where the certificate asks for 1e-6.</summary>
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>Frequency of each block: distinct, within 1 … (p − 1)/2 (f and p − f are the same circle), in an order drawn from the seed.</summary>
    public IReadOnlyList<int> Frequencies(ulong seed)
    {
        var random = RandomSource.Named(seed, $"{Id}/frequencies");
        if (FixedFrequencies is not { } given)
            return [.. random.Permutation((Modulus - 1) / 2).Take(Blocks).Select(index => index + 1)];
        return [.. random.Permutation(Blocks).Select(index => given[index])];
    }
}

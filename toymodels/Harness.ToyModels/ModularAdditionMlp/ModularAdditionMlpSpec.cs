namespace Harness.ToyModels;

/// <summary>A perceptron with one hidden layer that memorises addition modulo p (numerics.md, reference problems).</summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="IsSmooth">True: GELU; false: ReLU.</param>
public sealed record ModularAdditionMlpSpec(string Id, bool IsSmooth)
{
    /// <summary>p; default 59.</summary>
    public int Modulus { get; init; } = 59;

    /// <summary>Width of the hidden layer; default 128.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Steps of training, each on all p² pairs; default 1,500.</summary>
    public int Steps { get; init; } = 1500;
}

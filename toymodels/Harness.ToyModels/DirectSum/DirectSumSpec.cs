namespace Harness.ToyModels;

/// <summary>Equal small networks side by side (toymodels.md A2).</summary>
/// <param name="Blocks">How many, at least 2.</param>
/// <param name="Inputs">Inputs of each.</param>
/// <param name="Hidden">SiLU units of each.</param>
/// <param name="Outputs">Outputs of each.</param>
public sealed record DirectSumSpec(int Blocks, int Inputs, int Hidden, int Outputs)
{
    /// <summary>Parameters of a block: two matrices with their biases.</summary>
    public int PerBlock => Hidden * (Inputs + 1) + Outputs * (Hidden + 1);

    /// <summary>
    /// Norm of a block's θ*: about what the draw of weights has on average, √(1.09·(h + o)) for matrices of variance 1/fan_in and biases of 0.3², down to
    /// the next half.
    /// </summary>
    internal double BlockNorm => Math.Floor(2 * Math.Sqrt(1.09 * (Hidden + Outputs))) / 2;

    /// <summary>Throws unless there are several blocks with something in them.</summary>
    internal void Check()
    {
        if (Blocks < 2 || Inputs < 1 || Hidden < 1 || Outputs < 1)
            throw new ArgumentException($"A direct sum needs at least 2 blocks with an input, a unit and an output each, got {this}.");
    }
}

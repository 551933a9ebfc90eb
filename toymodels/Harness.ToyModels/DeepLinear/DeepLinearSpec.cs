namespace Harness.ToyModels;

/// <summary>A chain of identity layers (toymodels.md A6).</summary>
/// <param name="Width">d: indices, and units of every layer; at least 2.</param>
/// <param name="Depth">L: layers, at least 2.</param>
public sealed record DeepLinearSpec(int Width, int Depth)
{
    /// <summary>Throws unless there is more than one chain and more than one layer: else nothing is hidden.</summary>
    internal void Check()
    {
        if (Width < 2 || Depth < 2)
            throw new ArgumentException($"Chains need at least 2 indices and 2 layers, got {Width} and {Depth}.");
    }
}

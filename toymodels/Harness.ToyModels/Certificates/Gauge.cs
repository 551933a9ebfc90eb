using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Carries vectors of parameter space between a model's undisguised gauge, in which its truth is written, and its own parameters.</summary>
internal static class Gauge
{
    /// <summary><c>Tv</c> for a vector <c>[P]</c> in the undisguised gauge.</summary>
    internal static Tensor Disguised(ToyModel model, Tensor vector)
    {
        if (model.Disguise is not { } map)
            return vector;
        using var scope = NewDisposeScope();
        return map.Apply(vector.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary><c>T⁻¹v</c> for a vector <c>[P]</c> of the model's own parameters.</summary>
    internal static Tensor Undisguised(ToyModel model, Tensor vector)
    {
        if (model.Disguise is not { } map)
            return vector;
        using var scope = NewDisposeScope();
        return map.ApplyInverse(vector.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
    }
}

using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Hessians of the loss at θ* in the undisguised gauge, where <c>H = TᵀH'T</c>.</summary>
internal static class Hessians
{
    /// <summary>H written out, <c>[P, P]</c>.</summary>
    internal static Tensor Matrix(ToyModel model, int dataSet = 0) => Products(model, eye(model.Model.Network.Layout.Length, dtype: float64), dataSet);

    /// <summary><c>H v</c> for every row v: <c>[k, P] → [k, P]</c>.</summary>
    internal static Tensor Products(ToyModel model, Tensor block, int dataSet = 0)
    {
        using var scope = NewDisposeScope();
        var landscape = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[dataSet]);
        using var hessian = landscape.Hessian(model.Model.Parameters);
        var products = model.Disguise is { } map ? map.ApplyTranspose(hessian.Multiply(map.Apply(block))) : hessian.Multiply(block);
        return products.MoveToOuterDisposeScope();
    }
}

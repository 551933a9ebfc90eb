using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>Matrix-product operations of one retained Hessian product: the work that no implementation by automatic differentiation avoids.</summary>
/// <remarks>
/// A product <c>y = A·B</c> with dependence a, b ∈ {0, 1} of its factors on the parameters adds a + b products to the gradient (ḡBᵀ and Aᵀḡ), and the
/// backward pass through all of them needs 2(a + b) + 2ab: from y one for each factor that depends, from each gradient product one for ḡ, and one for
/// the other factor if that depends. So a layer costs 6 times its forward operations, and the first one, whose input is data, 2 times.
/// </remarks>
internal static class ProductCost
{
    /// <summary>Floating-point operations per sample.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Any θ, <c>[P]</c>: only shapes count.</param>
    /// <param name="oneInput">A batch of one sample.</param>
    public static double FlopsPerSample(Network network, Tensor parameters, Tensor oneInput)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var dependent = network.Layout.Select(slot => slot.Name).ToHashSet(StringComparer.Ordinal);
        var total = 0.0;
        foreach (var operation in network.Operations)
        {
            long[] Shape(string name) => ShapeOf(name, network, parameters, oneInput);
            int Dependence(string name) => dependent.Contains(name) ? 1 : 0;
            var (left, right, inner) = operation switch
            {
                WeightedOperation layer => (layer.Inputs[0], layer.Weight, Product(Shape(layer.Weight).Skip(1))),
                MatmulOperation product => (product.Inputs[0], product.Inputs[1], Shape(product.Inputs[0])[^1]),
                _ => ("", "", 0),
            };
            var (a, b) = (Dependence(left), Dependence(right));
            if (inner > 0)
                total += (2 * (a + b) + 2 * a * b) * 2.0 * inner * Product(Shape(operation.Output));
            var bias = operation is WeightedOperation { Bias: { } name } ? Dependence(name) : 0;
            if (a + b + bias > 0 || operation.Inputs.Any(dependent.Contains))
                dependent.Add(operation.Output);
        }
        return total;
    }

    /// <summary>The shape of a computed value is known only by running the network up to it.</summary>
    private static long[] ShapeOf(string name, Network network, Tensor parameters, Tensor oneInput)
    {
        if (network.Constants.TryGetValue(name, out var constant))
            return constant.shape;
        if (network.Layout.FirstOrDefault(slot => slot.Name == name) is { } parameter)
            return [.. parameter.Shape];
        var last = network.Operations.TakeWhile(operation => operation.Output != name).Count();
        if (last == network.Operations.Count)
            return oneInput.shape;
        var until = new Network(network.Layout, network.Operations.Take(last + 1), name, network.Input, network.Constants);
        return until.Forward(parameters, oneInput).shape;
    }

    private static long Product(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}

using Harness.Models;

namespace Harness.Numerics;

/// <summary>
/// A network as steps that <see cref="TangentProduct"/> knows: linear layers whose weight is a parameter (or the transpose of one), sums, and
/// activations; whatever comes before them depends on the data only.
/// </summary>
/// <param name="DataOperations">Operations that no parameter reaches.</param>
/// <param name="Steps">The others, in order.</param>
internal sealed record TangentPlan(IReadOnlyList<Operation> DataOperations, IReadOnlyList<TangentPlan.Step> Steps)
{
    /// <summary>One operation that depends on parameters.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="Weight">Slot of its weight; −1: none.</param>
    /// <param name="IsTransposed">Whether the weight is that slot's transpose.</param>
    /// <param name="Bias">Slot of its bias; −1: none.</param>
    internal readonly record struct Step(Operation Operation, int Weight = -1, bool IsTransposed = false, int Bias = -1);

    /// <summary>The plan of a network; null if it is not of this kind.</summary>
    internal static TangentPlan? Of(Network network)
    {
        var (data, steps) = (new List<Operation>(), new List<Step>());
        var transposed = new Dictionary<string, int>(StringComparer.Ordinal);
        var dependent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in network.Operations)
        {
            if (!Reads(operation).Any(name => network.Layout.Contains(name) || transposed.ContainsKey(name) || dependent.Contains(name)))
            {
                data.Add(operation);
                continue;
            }
            if (operation is TransposeOperation && network.Layout.Contains(operation.Inputs[0]) && network.Layout[operation.Inputs[0]].Shape.Count == 2)
            {
                transposed.Add(operation.Output, network.Layout.IndexOf(operation.Inputs[0]));
                continue;
            }
            if (operation.Inputs.Any(name => network.Layout.Contains(name) || transposed.ContainsKey(name)))
                return null;
            if (StepOf(operation, network, transposed) is not { } step)
                return null;
            steps.Add(step);
            dependent.Add(operation.Output);
        }
        return dependent.Contains(network.Output) ? new TangentPlan(data, steps) : null;
    }

    private static Step? StepOf(Operation operation, Network network, Dictionary<string, int> transposed) => operation switch
    {
        LinearOperation layer => LinearStep(layer, network, transposed),
        ReluOperation or GeluOperation or SiluOperation or SquareOperation => new Step(operation),
        AddOperation => new Step(operation),
        _ => null,
    };

    private static IEnumerable<string> Reads(Operation operation) =>
        operation is WeightedOperation layer ? [.. layer.Inputs, layer.Weight, layer.Bias ?? layer.Weight] : operation.Inputs;

    private static Step? LinearStep(LinearOperation layer, Network network, Dictionary<string, int> transposed)
    {
        var isTransposed = transposed.TryGetValue(layer.Weight, out var weight);
        if (!isTransposed && !network.Layout.Contains(layer.Weight))
            return null;
        if (layer.Bias is not null && !network.Layout.Contains(layer.Bias))
            return null;
        return new Step(
            layer, isTransposed ? weight : network.Layout.IndexOf(layer.Weight), isTransposed, layer.Bias is null ? -1 : network.Layout.IndexOf(layer.Bias));
    }
}

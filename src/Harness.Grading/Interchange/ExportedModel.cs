using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// The same model under neutral names: parameters <c>p…</c>, constants <c>k…</c>, values <c>v…</c>, input <c>x</c>, output <c>z</c>.
/// </summary>
internal static class ExportedModel
{
    internal static Model Of(Model model, ExportedNames names)
    {
        var network = model.Network;
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal) { [network.Input] = "x" };
        for (var i = 0; i < names.Order.Count; i++)
            renamed[names.Order[i]] = names.Layout[i].Name;
        foreach (var constant in network.Constants.Keys.Order(StringComparer.Ordinal))
            renamed[constant] = $"k{renamed.Values.Count(name => name[0] == 'k')}";
        foreach (var operation in network.Operations)
            renamed[operation.Output] = operation.Output == network.Output ? "z" : $"v{renamed.Values.Count(name => name[0] == 'v')}";
        var exported = new Network(
            names.Layout, network.Operations.Select(operation => Rename(operation, renamed)), "z", "x",
            network.Constants.ToDictionary(constant => renamed[constant.Key], constant => constant.Value));
        using var scope = NewDisposeScope();
        var parameters = names.Map.Apply(model.Parameters.unsqueeze(0)).squeeze(0);
        return new Model(exported, parameters.MoveToOuterDisposeScope(), model.Loss);
    }

    private static Operation Rename(Operation operation, Dictionary<string, string> names)
    {
        var renamed = operation with { Inputs = [.. operation.Inputs.Select(name => names[name])], Output = names[operation.Output] };
        return renamed switch
        {
            WeightedOperation weighted => weighted with { Weight = names[weighted.Weight], Bias = weighted.Bias is null ? null : names[weighted.Bias] },
            EmbeddingOperation embedding => embedding with { Weight = names[embedding.Weight] },
            _ => renamed,
        };
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Function-preserving linear changes of parameters that carry the truth along, so that no shortcut through unit order or scale survives
/// (toymodels.md A8). The truth itself stays in the undisguised gauge: the grader pulls answers back through <see cref="ToyModel.Disguise"/>.
/// </summary>
public static class Disguises
{
    /// <summary>A disguised twin: its parameters are <c>Tθ*</c>, its <see cref="ToyModel.Disguise"/> is T, all else is unchanged.</summary>
    /// <param name="model">An undisguised model.</param>
    /// <param name="kind">One of its <see cref="ToyModel.AdmissibleDisguises"/>, or <see cref="DisguiseKind.All"/> if there are any.</param>
    /// <param name="seed">Chooses permutations, factors and rotations; independent of the model's own seed.</param>
    /// <exception cref="ArgumentException">The model does not admit this disguise, or wears one.</exception>
    public static ToyModel Apply(ToyModel model, DisguiseKind kind, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Disguise is not null)
            throw new ArgumentException($"Model '{model.Id}' is already disguised; disguise the original instead.", nameof(model));
        if (!Admits(model, kind))
        {
            var admitted = model.AdmissibleDisguises.Count == 0 ? "none" : string.Join(", ", model.AdmissibleDisguises);
            throw new ArgumentException($"Model '{model.Id}' does not admit the disguise {kind}; it admits {admitted}.", nameof(kind));
        }
        using var scope = NewDisposeScope();
        var changes = Kinds(model, kind).Select(one => UnitChange.Draw(one, model.HiddenUnits, seed)).ToList();
        var (network, loss) = (model.Model.Network, model.Model.Loss);
        var twin = Apply(model, On(changes, network.Layout));
        twin.Model.Parameters.MoveToOuterDisposeScope();
        if (WithConstants(network, changes) is not { } constants)
            return twin;
        var changed = new Network(network.Layout, network.Operations, network.Output, network.Input, constants);
        return twin with { Model = new Model(changed, twin.Model.Parameters, loss), Undisguised = network };
    }

    /// <summary>Whether a model can wear a disguise of this kind.</summary>
    public static bool Admits(ToyModel model, DisguiseKind kind)
    {
        ArgumentNullException.ThrowIfNull(model);
        return kind == DisguiseKind.All ? model.AdmissibleDisguises.Count > 0 : model.AdmissibleDisguises.Contains(kind);
    }

    /// <summary>A twin whose parameters are <c>Tθ*</c>. Whether T preserves the outputs is the caller's claim.</summary>
    public static ToyModel Apply(ToyModel model, ILinearMap map)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        using var scope = NewDisposeScope();
        var parameters = map.Apply(model.Model.Parameters.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
        return model with { Model = model.Model with { Parameters = parameters }, Disguise = map };
    }

    /// <summary>The kinds that a disguise is composed of, in the order in which they are written: the last one acts first.</summary>
    private static IEnumerable<DisguiseKind> Kinds(ToyModel model, DisguiseKind kind) => kind == DisguiseKind.All
        ? model.AdmissibleDisguises.Order()
        : [kind];

    private static ILinearMap On(IReadOnlyList<UnitChange> changes, ParameterLayout layout) =>
        changes.Select(change => change.On(layout)).Aggregate(LinearMaps.After);

    /// <summary>The network's constants after the changes, moved out of this scope; null where no hidden space reaches one.</summary>
    private static Dictionary<string, Tensor>? WithConstants(Network network, IReadOnlyList<UnitChange> changes)
    {
        var reached = network.Constants.Where(constant => changes.Any(change => change.Reaches(constant.Key))).ToList();
        if (reached.Count == 0)
            return null;
        var layout = new ParameterLayout(reached.Select(constant => (constant.Key, constant.Value.shape)));
        var flat = layout.Flatten([.. reached.Select(constant => constant.Value)]).unsqueeze(0);
        var changed = layout.Split(On(changes, layout).Apply(flat).squeeze(0));
        var constants = network.Constants.ToDictionary();
        for (var i = 0; i < reached.Count; i++)
            constants[reached[i].Key] = changed[i].clone().MoveToOuterDisposeScope();
        return constants;
    }
}

using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;

namespace Harness.ToyModels;

/// <summary>A model with planted structure: what a method sees (<see cref="ToSubject"/>), the truth, and the tests that prove it.</summary>
public sealed record ToyModel
{
    /// <summary>Stable id, e.g. <c>modular-addition</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The seed of the plant: all its randomness comes from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Network, θ* and loss.</summary>
    public required Model Model { get; init; }

    /// <summary>At least one; names are unique.</summary>
    public required IReadOnlyList<DataSet> DataSets { get; init; }

    /// <summary>The planted truth, in the undisguised gauge.</summary>
    public required Truth Truth { get; init; }

    /// <summary>
    /// Disguises it admits, by kind: changes of parameters that preserve the network's outputs. <see cref="DisguiseKind.All"/> is not listed: it is
    /// admitted where any of the others is.
    /// </summary>
    public required IReadOnlyList<DisguiseKind> AdmissibleDisguises { get; init; }

    /// <summary>Its hidden units and linear hidden spaces, from which disguises are built; empty: it has none.</summary>
    public IReadOnlyList<HiddenUnits> HiddenUnits { get; init; } = [];

    /// <summary>The checks that prove the truth without any decomposition method.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>
    /// Whether a name prefix or the connected components of the non-zero weights give the plant away when exported; then a
    /// verdict uses a disguised twin.
    /// </summary>
    public bool IsReadable { get; init; }

    /// <summary>The linear map T from undisguised to these parameters; null: not disguised.</summary>
    public ILinearMap? Disguise { get; init; }

    /// <summary>
    /// The network of which undisguised parameters are parameters. It differs from the model's own where a disguise has changed constants too: there
    /// undisguised parameters in the disguised network compute something else.
    /// </summary>
    public Network UndisguisedNetwork => Undisguised ?? Model.Network;

    /// <summary>The network before a disguise changed its constants; null: it is the model's own.</summary>
    internal Network? Undisguised { get; init; }

    /// <summary>What a method may see.</summary>
    public Subject ToSubject() => new(Model, DataSets);
}

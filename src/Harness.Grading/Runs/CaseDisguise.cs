using System.Globalization;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>A disguise to run a model in.</summary>
/// <param name="Kind">Its kind; null: none.</param>
/// <param name="Seed">Its seed.</param>
public sealed record CaseDisguise(DisguiseKind? Kind, ulong Seed = 0)
{
    /// <summary>No disguise.</summary>
    public static CaseDisguise None { get; } = new(Kind: null);

    /// <summary>None, and every kind at seed 0; which of them apply depends on the model.</summary>
    public static IReadOnlyList<CaseDisguise> All { get; } = [None, .. Enum.GetValues<DisguiseKind>().Select(kind => new CaseDisguise(kind))];

    /// <summary>As it is written in keys and on the command line: <c>none</c>, or e.g. <c>permute:0</c>.</summary>
    public string Label => Kind is { } kind ? $"{kind.ToString().ToLowerInvariant()}:{Seed.ToString(CultureInfo.InvariantCulture)}" : "none";

    /// <summary>Whether a model admits it.</summary>
    public bool AppliesTo(ToyModel model) => Kind is not { } kind || model.AdmissibleDisguises.Contains(kind);

    /// <summary>The model in this disguise. Its tensors belong to the caller's dispose scope.</summary>
    public ToyModel Apply(ToyModel model) => Kind is { } kind ? Disguises.Apply(model, kind, Seed) : model;
}

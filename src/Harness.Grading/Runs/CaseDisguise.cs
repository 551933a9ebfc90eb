using System.Globalization;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>A disguise to run a model in.</summary>
/// <param name="Kind">Its kind; null: none.</param>
/// <param name="Seed">Its seed.</param>
public sealed record CaseDisguise(DisguiseKind? Kind, ulong Seed = 0)
{
    /// <summary>What <see cref="Read"/> takes.</summary>
    public const string Syntax = "none, permute, rescale, rotate or all, with a seed if wanted (permute:3)";

    private const string NoneWord = "none";
    private const string AllWord = "all";

    /// <summary>No disguise.</summary>
    public static CaseDisguise None { get; } = new(Kind: null);

    /// <summary>None, and every kind at seed 0; which of them apply depends on the model.</summary>
    public static IReadOnlyList<CaseDisguise> All { get; } = AllAt(0);

    /// <summary>As it is written in keys and on the command line: <c>none</c>, or e.g. <c>permute:0</c>.</summary>
    public string Label => Kind is { } kind ? $"{Word(kind)}:{Seed.ToString(CultureInfo.InvariantCulture)}" : NoneWord;

    /// <summary>A kind as the command line writes it.</summary>
    public static string Word(DisguiseKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>
    /// Reads <c>none</c>, <c>KIND</c>, <c>KIND:SEED</c>, <c>all</c> or <c>all:SEED</c>;
    /// without a seed it is 0. <c>all</c> is none and every kind, one after the other.
    /// </summary>
    /// <returns>One choice, or several for <c>all</c>; null when the text is none of these.</returns>
    public static IReadOnlyList<CaseDisguise>? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == NoneWord)
            return [None];
        var (name, seedText) = text.IndexOf(':') is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, "0");
        if (!ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            return null;
        if (name == AllWord)
            return AllAt(seed);
        var kinds = Enum.GetValues<DisguiseKind>().Where(kind => Word(kind) == name).ToList();
        return kinds.Count == 0 ? null : [new CaseDisguise(kinds[0], seed)];
    }

    /// <summary>Whether a model admits it.</summary>
    public bool AppliesTo(ToyModel model) => Kind is not { } kind || model.AdmissibleDisguises.Contains(kind);

    /// <summary>The model in this disguise. Its tensors belong to the caller's dispose scope.</summary>
    public ToyModel Apply(ToyModel model) => Kind is { } kind ? Disguises.Apply(model, kind, Seed) : model;

    private static IReadOnlyList<CaseDisguise> AllAt(ulong seed) =>
        [None, .. Enum.GetValues<DisguiseKind>().Select(kind => new CaseDisguise(kind, seed))];
}

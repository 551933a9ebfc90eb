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

    /// <summary>No disguise.</summary>
    public static CaseDisguise None { get; } = new(Kind: null);

    /// <summary>None, and every kind on its own at seed 0; which of them apply depends on the model.</summary>
    public static IReadOnlyList<CaseDisguise> Each { get; } =
        [None, .. Enum.GetValues<DisguiseKind>().Where(kind => kind != DisguiseKind.All).Select(kind => new CaseDisguise(kind))];

    /// <summary>As it is written in keys and on the command line: <c>none</c>, or e.g. <c>permute:0</c>.</summary>
    public string Label => Kind is { } kind ? $"{Word(kind)}:{Seed.ToString(CultureInfo.InvariantCulture)}" : NoneWord;

    /// <summary>A kind as the command line writes it.</summary>
    public static string Word(DisguiseKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Reads <c>none</c>, <c>KIND</c> or <c>KIND:SEED</c>; without a seed it is 0. <c>all</c> is all kinds that a model admits, composed.</summary>
    /// <returns>Null when the text is none of these.</returns>
    public static CaseDisguise? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == NoneWord)
            return None;
        var (name, seedText) = text.IndexOf(':') is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, "0");
        if (!ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            return null;
        var kinds = Enum.GetValues<DisguiseKind>().Where(kind => Word(kind) == name).ToList();
        return kinds.Count == 0 ? null : new CaseDisguise(kinds[0], seed);
    }

    /// <summary>Whether a model admits it.</summary>
    public bool AppliesTo(ToyModel model) => Kind is not { } kind || Disguises.Admits(model, kind);

    /// <summary>The model in this disguise. Its tensors belong to the caller's dispose scope.</summary>
    public ToyModel Apply(ToyModel model) => Kind is { } kind ? Disguises.Apply(model, kind, Seed) : model;
}

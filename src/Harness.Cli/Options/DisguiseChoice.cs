using System.Globalization;
using Harness.ToyModels;

namespace Harness.Cli;

/// <summary>The value of <c>--disguise</c>: which function-preserving changes of parameters to apply, and their seed.</summary>
/// <param name="Kinds">In the order of application; empty: none.</param>
/// <param name="Seed">The seed of the disguise, independent of the plant's and the method's.</param>
public sealed record DisguiseChoice(IReadOnlyList<DisguiseKind> Kinds, ulong Seed)
{
    /// <summary>What may be written; <c>all</c> is every kind that the model admits.</summary>
    public const string Syntax = "none, permute, rescale, rotate or all, with a seed if wanted (permute:3)";

    /// <summary>No disguise.</summary>
    public static DisguiseChoice None { get; } = new([], 0);

    /// <summary>Reads <c>KIND</c> or <c>KIND:SEED</c>; without a seed it is 0.</summary>
    /// <param name="text">The option's value.</param>
    /// <returns>The choice, or null when the text is none.</returns>
    public static DisguiseChoice? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "none")
            return None;
        var (name, seedText) = text.IndexOf(':') is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, "0");
        if (!ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            return null;
        DisguiseKind[] kinds = name == "all"
            ? Enum.GetValues<DisguiseKind>()
            : [.. Enum.GetValues<DisguiseKind>().Where(kind => Word(kind) == name)];
        return kinds.Length == 0 ? null : new DisguiseChoice(kinds, seed);
    }

    /// <summary>As <see cref="Read"/> takes it.</summary>
    public override string ToString() => Kinds.Count switch
    {
        0 => "none",
        1 => $"{Word(Kinds[0])}:{Seed}",
        _ => $"all:{Seed}",
    };

    private static string Word(DisguiseKind kind) => kind.ToString().ToLowerInvariant();
}

using System.Globalization;
using Harness.Decompositions;
using Harness.Grading;

namespace Harness.Cli;

/// <summary>The case that an answer's file names in its metadata: <c>case = MODEL[@SEED][/DISGUISE]</c>, e.g. <c>modular-addition@0/permute:3</c>.</summary>
/// <param name="Model">The model's id; may contain slashes.</param>
/// <param name="ModelSeed">The seed of the plant; 0 unless given.</param>
/// <param name="Disguise">The disguise; none unless given.</param>
internal sealed record FileCase(string Model, ulong ModelSeed, CaseDisguise Disguise)
{
    public override string ToString() => $"{Model}@{ModelSeed}/{Disguise.Label}";

    /// <summary>Reads the case from the file of a <c>file:</c> selector.</summary>
    /// <exception cref="UsageException">The metadata name no model.</exception>
    /// <exception cref="Harness.Models.SafetensorsException">The file is no safetensors file.</exception>
    public static FileCase Read(string selector)
    {
        if (DecompositionFile.CaseOf(MethodSelector.PathOf(selector)) is not { } text)
            throw new UsageException(
                "a file answers one model: name it with --model (and --disguise, where the model wears one), or in the file's metadata: "
                + "case = MODEL@SEED/DISGUISE, e.g. modular-addition@0/none");
        if (text.StartsWith("case-", StringComparison.Ordinal))
            throw new UsageException($"the file answers '{text}', a case of an export: grade the export's folder (harness grade DIR), which has its key beside it");
        return Parse(text) ?? throw new UsageException(
            $"the file's metadata say case = '{text}'; expected MODEL@SEED/DISGUISE, e.g. modular-addition@0/none, or name the model with --model");
    }

    private static FileCase? Parse(string text)
    {
        // A model's id may contain slashes, but no @; without a seed only the id is there.
        var at = text.LastIndexOf('@');
        if (at < 0)
            return text.Length == 0 ? null : new FileCase(text, 0, CaseDisguise.None);
        var rest = text[(at + 1)..].Split('/', 2);
        if (at == 0 || !ulong.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            return null;
        var disguise = rest.Length == 1 ? CaseDisguise.None : CaseDisguise.Read(rest[1]);
        return disguise is null ? null : new FileCase(text[..at], seed, disguise);
    }
}

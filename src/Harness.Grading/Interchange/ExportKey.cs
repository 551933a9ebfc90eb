namespace Harness.Grading;

/// <summary>
/// <c>DIR.key.json</c>, which stays with whoever made the export: what each case is. It is the truth, and never lies inside the folder.
/// </summary>
/// <param name="Schema"><see cref="CurrentSchema"/>.</param>
/// <param name="Tool">Version of the tool that wrote it.</param>
/// <param name="Cases">By case id.</param>
public sealed record ExportKey(string Schema, string Tool, IReadOnlyDictionary<string, ExportKey.Entry> Cases)
{
    /// <summary>The only schema this version reads and writes.</summary>
    public const string CurrentSchema = "export-key/1";

    /// <summary>Where the key of an export folder lies: beside it.</summary>
    public static string PathFor(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + ".key.json";

    /// <summary>Reads a key.</summary>
    /// <exception cref="Harness.Decompositions.SubmissionException">The file is missing or not a key; the message names it.</exception>
    public static ExportKey Read(string path)
    {
        var key = InterchangeJson.Read<ExportKey>(path, "the key that `harness export` wrote beside the folder; name it with --key FILE");
        return key.Schema == CurrentSchema
            ? key
            : throw new Decompositions.SubmissionException(path, "schema", $"is '{key.Schema}', expected '{CurrentSchema}'.");
    }

    /// <summary>One case.</summary>
    /// <param name="Recipe">How to make it again.</param>
    /// <param name="Parameters">The model's tensor names; the i-th was exported as <c>p{i}</c>.</param>
    /// <param name="ThetaHash">SHA-256 of the exported θ*: its float64 bytes in exported order, little-endian; lower-case hexadecimal.</param>
    public sealed record Entry(CaseRecipe Recipe, IReadOnlyList<string> Parameters, string ThetaHash);
}

using System.Text.Json;

namespace Harness.ToyModels;

/// <summary><c>manifest.json</c> beside the approved weights: what was approved, and by which bits.</summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Files">One record a file, by id.</param>
public sealed record FixtureManifest(string Schema, IReadOnlyList<FixtureManifest.Approved> Files)
{
    /// <summary>The only schema this version reads and writes.</summary>
    public const string CurrentSchema = "fixtures/1";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>One approved file.</summary>
    /// <param name="Id">The toy model it belongs to.</param>
    /// <param name="File">File name.</param>
    /// <param name="Sha256">Of the whole file, lower-case hexadecimal.</param>
    /// <param name="Seed">The seed it was trained from.</param>
    /// <param name="Attempts">Attempts until the quality bar was met.</param>
    public sealed record Approved(string Id, string File, string Sha256, ulong Seed, int Attempts);

    /// <summary>No files.</summary>
    public static FixtureManifest Empty { get; } = new(CurrentSchema, []);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FixtureException">The text is not a manifest of this schema.</exception>
    public static FixtureManifest Parse(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<FixtureManifest>(json, s_options) ?? throw new FixtureException("The manifest of the fixtures is null.");
            return manifest.Schema == CurrentSchema
                ? manifest
                : throw new FixtureException($"The manifest of the fixtures has the schema '{manifest.Schema}', expected '{CurrentSchema}'.");
        }
        catch (JsonException exception)
        {
            throw new FixtureException($"The manifest of the fixtures is not a {CurrentSchema} document: {exception.Message}", exception);
        }
    }

    /// <summary>This manifest with a record added or replaced, ordered by id.</summary>
    public FixtureManifest With(Approved approved)
    {
        ArgumentNullException.ThrowIfNull(approved);
        return this with { Files = [.. Files.Where(file => file.Id != approved.Id).Append(approved).OrderBy(file => file.Id, StringComparer.Ordinal)] };
    }

    /// <summary>The manifest as indented JSON, ending in a line feed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_options) + "\n";
}

using System.Text.Json;

namespace Harness.Cli.Tests;

/// <summary>One small steering run on the planted twin, for the tests that look at it from several sides.</summary>
public sealed class PlantedSteering : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlantedSteering()
    {
        var run = CommandLine.Run([.. Arguments, "--json", "--sweep", "--out", _folder.File("out")]);
        (Code, Error, Document) = (run.Code, run.Error, run.Json());
    }

    /// <summary>A few directions only: the plant is as clear with them.</summary>
    public static string[] Arguments =>
        ["steer", "--model", "parallel-modules", "--keep", "digits", "--ablate", "patterns", "--directions", "2", "--eigenvectors", "4", "--jacobian", "20"];

    public int Code { get; }

    public string Error { get; }

    public JsonElement Document { get; }

    public string Read(string name) => File.ReadAllText(Path.Combine(_folder.File("out"), name));

    public IReadOnlyList<string> Files => [.. Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public JsonElement Method(string name) => Document.GetProperty("methods").EnumerateArray().Single(method => method.GetProperty("name").GetString() == name);

    public void Dispose() => _folder.Dispose();
}

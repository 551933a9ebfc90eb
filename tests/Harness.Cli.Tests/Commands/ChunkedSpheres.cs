using System.Text.Json;

namespace Harness.Cli.Tests;

/// <summary>One short sphere search, two starts in each eigenspace, for the tests that look at it from several sides.</summary>
public sealed class ChunkedSpheres : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ChunkedSpheres()
    {
        var run = CommandLine.Run("sphere", "--model", "modular-addition-chunked", "--seed", "1", "--starts", "2", "--json", "--out", Folder);
        (Code, Error, Document) = (run.Code, run.Error, run.Json());
    }

    public int Code { get; }

    public string Error { get; }

    public JsonElement Document { get; }

    public string Folder => _folder.File("out");

    public void Dispose() => _folder.Dispose();
}

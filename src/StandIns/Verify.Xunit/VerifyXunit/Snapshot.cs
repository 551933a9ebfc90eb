using System.Reflection;
using VerifyTests;

namespace VerifyXunit;

/// <summary>One approved text on disk and the test that claims it.</summary>
internal sealed class Snapshot
{
    private readonly MethodInfo _test;
    private readonly VerifySettings _settings;
    private readonly string _directory;
    private readonly string _extension;
    private readonly string _received;
    private readonly string _verified;

    public Snapshot(MethodInfo test, string sourceFile, string extension, VerifySettings settings)
    {
        _test = test;
        _settings = settings;
        _extension = extension;
        _directory = Path.GetFullPath(settings.Directory ?? ".", Path.GetDirectoryName(Path.GetFullPath(sourceFile))!);
        var name = SnapshotName.For(test, settings);
        _received = Path.Combine(_directory, $"{name}.received.{extension}");
        _verified = Path.Combine(_directory, $"{name}.verified.{extension}");
    }

    public async Task VerifyAsync(string target)
    {
        if (string.IsNullOrEmpty(target))
            throw new VerifyException($"{_test.Name} verifies an empty text; a snapshot of nothing tells nothing. Assert emptiness instead.");

        var received = Normalized(target);
        if (!File.Exists(_verified))
            Fail(received, SnapshotFailure.New(received, _received, _verified));

        var verified = Normalized(await File.ReadAllTextAsync(_verified).ConfigureAwait(false));
        var result = await CompareAsync(received, verified).ConfigureAwait(false);
        if (!result.IsEqual)
            Fail(received, SnapshotFailure.NotEqual(received, verified, result.Message, _received, _verified));

        File.Delete(_received);
        DanglingSnapshots.ThrowIfAny(_test.ReflectedType!, _directory);
    }

    private Task<CompareResult> CompareAsync(string received, string verified)
    {
        var comparer = _settings.Comparer ?? VerifierSettings.ComparerFor(_extension);
        return comparer is null
            ? Task.FromResult(received == verified ? CompareResult.Equal : CompareResult.NotEqual())
            : comparer(received, verified, new Dictionary<string, object>());
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void Fail(string received, string message)
    {
        Directory.CreateDirectory(_directory);
        File.WriteAllText(_received, received);
        throw new VerifyException(message);
    }

    /// <summary>A checkout may have rewritten the line ends of the approved text.</summary>
    private static string Normalized(string text) => text.ReplaceLineEndings("\n");
}

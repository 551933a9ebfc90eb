using VerifyTests;
using VerifyXunit;

namespace Harness.StandIns.Tests.Verify;

/// <summary>A snapshot whose test is gone must not look approved for ever.</summary>
[Collection(nameof(CleanEnvironment))]
public sealed class DanglingSnapshotTests : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rejects a verifier that never looks beside the file it compares.</summary>
    [Fact]
    public async Task OnABuildServerADanglingSnapshotFails()
    {
        _folder["DanglingSnapshotTests.OnABuildServerADanglingSnapshotFails.verified.txt"] = "text";
        _folder["DanglingSnapshotTests.RenamedLongAgo.verified.txt"] = "text";
        var exception = await Assert.ThrowsAsync<VerifyException>(() => CleanEnvironment.WithAsync("CI", "true", Verify));
        Assert.Equal(
            $"Dangling snapshots in {_folder.Path}: no test of DanglingSnapshotTests claims DanglingSnapshotTests.RenamedLongAgo.verified.txt. " +
            "Delete them, or rename them with their test.",
            exception.Message);
    }

    [Fact]
    public async Task OnADevelopersMachineItDoesNot()
    {
        _folder["DanglingSnapshotTests.OnADevelopersMachineItDoesNot.verified.txt"] = "text";
        _folder["DanglingSnapshotTests.RenamedLongAgo.verified.txt"] = "text";
        await Verify();
    }

    /// <summary>Rejects a check with false alarms: other methods, theories, nested classes, other classes, received files.</summary>
    [Fact]
    public async Task SnapshotsOfExistingTestsDoNotDangle()
    {
        foreach (var name in new[]
        {
            "DanglingSnapshotTests.SnapshotsOfExistingTestsDoNotDangle.verified.txt",
            "DanglingSnapshotTests.OnABuildServerADanglingSnapshotFails_size=3.verified.json",
            "DanglingSnapshotTests.Nested.Anything.verified.txt",
            "DanglingSnapshotTestsOfAnotherKind.Anything.verified.txt",
            "DanglingSnapshotTests.Anything.received.txt",
            "chosen.verified.txt",
        })
        {
            _folder[name] = "text";
        }
        await CleanEnvironment.WithAsync("CI", "true", Verify);
    }

    /// <summary>Only its name matters here.</summary>
    public static class Nested;

    private Task Verify() => Verifier.Verify("text").UseDirectory(_folder.Path);
}

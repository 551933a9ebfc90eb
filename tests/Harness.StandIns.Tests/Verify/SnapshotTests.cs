using VerifyTests;
using VerifyXunit;

namespace Harness.StandIns.Tests.Verify;

/// <summary>New, equal and different snapshots, and how they are named.</summary>
[Collection(nameof(CleanEnvironment))]
public sealed class SnapshotTests : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rejects a verifier that approves whatever it sees first.</summary>
    [Fact]
    public async Task ANewSnapshotFailsAndSaysHowToApproveIt()
    {
        const string name = "SnapshotTests.ANewSnapshotFailsAndSaysHowToApproveIt";
        var exception = await Fails("alpha\nbeta");
        Assert.Equal(
            $"New snapshot in {_folder.Path}\n  received: {name}.received.txt\n  verified: {name}.verified.txt\nContent:\nalpha\nbeta\n" +
            $"To approve, read the difference and then run: mv '{_folder.Path}/{name}.received.txt' '{_folder.Path}/{name}.verified.txt'",
            exception.Message);
        Assert.Equal([$"{name}.received.txt"], _folder.Files);
        Assert.Equal("alpha\nbeta", _folder[$"{name}.received.txt"]);
    }

    /// <summary>Rejects a verifier that compares only the start, or only the length, or overwrites the approved text.</summary>
    [Fact]
    public async Task ADifferentSnapshotFailsWithTheLinesThatDiffer()
    {
        const string name = "SnapshotTests.ADifferentSnapshotFailsWithTheLinesThatDiffer";
        var lines = Enumerable.Range(1, 12).Select(i => $"line {i}").ToArray();
        var approved = string.Join('\n', lines);
        _folder[$"{name}.verified.txt"] = approved;
        lines[6] = "line seven";
        var exception = await Fails(string.Join('\n', lines));
        Assert.Contains(
            "Difference (- verified, + received):\n  ...\n  line 5\n  line 6\n- line 7\n+ line seven\n  line 8\n  line 9\n  ...\nTo approve",
            exception.Message);
        Assert.Equal(approved, _folder[$"{name}.verified.txt"]);
    }

    /// <summary>Rejects a verifier that leaves a stale received file, which the next reader would take for a failure.</summary>
    [Fact]
    public async Task AnEqualSnapshotPassesAndRemovesTheReceivedFile()
    {
        const string name = "SnapshotTests.AnEqualSnapshotPassesAndRemovesTheReceivedFile";
        await Fails("same\n");
        _folder[$"{name}.verified.txt"] = "\uFEFFsame\r\n";
        await Verifier.Verify("same\n").UseDirectory(_folder.Path);
        Assert.Equal([$"{name}.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task AnEmptyTextIsNoSnapshot() => Assert.Contains("verifies an empty text", (await Fails("")).Message);

    [Fact]
    public async Task TheExtensionIsThatOfTheCall()
    {
        await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("{}", "json").UseDirectory(_folder.Path));
        Assert.Equal(["SnapshotTests.TheExtensionIsThatOfTheCall.received.json"], _folder.Files);
    }

    [Fact]
    public async Task ATaskIsAwaited()
    {
        async Task<string> Later()
        {
            await Task.Yield();
            return "later";
        }

        await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify(Later()).UseDirectory(_folder.Path));
        Assert.Equal("later", _folder["SnapshotTests.ATaskIsAwaited.received.txt"]);
    }

    /// <summary>Rejects names that two cases of a theory share, or that some file system cannot hold.</summary>
    [Theory]
    [InlineData(2, "plain", "size=2_kind=plain")]
    [InlineData(-1, "a/b:c", "size=-1_kind=a-b-c")]
    [InlineData(0, null, "size=0_kind=null")]
    public async Task ParametersBecomePartOfTheName(int size, string? kind, string expected)
    {
        var settings = new VerifySettings();
        settings.UseDirectory(_folder.Path);
        settings.UseParameters(size, kind, "x");
        Assert.NotNull(expected);
        await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("text", settings));
        Assert.Equal([$"SnapshotTests.ParametersBecomePartOfTheName_{expected}_expected=x.received.txt"], _folder.Files);
    }

    /// <summary>Rejects a verifier that lets all cases of a theory compare with one file.</summary>
    [Theory]
    [InlineData(1)]
    public async Task ATheoryMustNameItsParameters(int size)
    {
        Assert.Equal(1, size);
        Assert.Contains("has 1 parameters and UseParameters got 0 values", (await Fails("text")).Message);
    }

    [Fact]
    public async Task FileNameReplacesClassMethodAndParameters()
    {
        await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("text").UseDirectory(_folder.Path).UseFileName("chosen"));
        Assert.Equal(["chosen.received.txt"], _folder.Files);
    }

    [Fact]
    public async Task SettingsCannotChangeAfterTheStart()
    {
        var task = Verifier.Verify("text").UseDirectory(_folder.Path);
        await Assert.ThrowsAsync<VerifyException>(() => task);
        Assert.Throws<InvalidOperationException>((Action)(() => task.UseFileName("late")));
    }

    [Fact]
    public async Task OutsideATestTheErrorSaysSo()
    {
        Task<VerifyException> outside;
        using (ExecutionContext.SuppressFlow())
            outside = Task.Run(() => Assert.ThrowsAsync<VerifyException>(async () => await Verifier.Verify("text")));
        Assert.Contains("outside a test", (await outside).Message);
    }

    /// <summary>Nested classes carry their outer class in the name, so that two Inner classes keep apart.</summary>
    public sealed class Inner
    {
        [Fact]
        public async Task NestedClassesAreNamedWithTheirOuterClass()
        {
            using var folder = new SnapshotFolder();
            await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("text").UseDirectory(folder.Path));
            Assert.Equal(["SnapshotTests.Inner.NestedClassesAreNamedWithTheirOuterClass.received.txt"], folder.Files);
        }
    }

    private Task<VerifyException> Fails(string text) =>
        Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify(text).UseDirectory(_folder.Path));
}

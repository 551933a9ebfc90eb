using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

/// <summary>Compares a text with the approved one that lies beside the test as <c>Class.Method.verified.txt</c>.</summary>
/// <remarks>
/// A subset of the genuine package: texts only. Its object serializer has a format of its own, and a snapshot must be the same file
/// under both.
/// </remarks>
public static class Verifier
{
    /// <summary>Verifies a text; its lines may end in any way.</summary>
    /// <exception cref="VerifyException">The snapshot is new, differs, or (with <c>CI</c> set) a snapshot of the class dangles.</exception>
    public static SettingsTask Verify(string target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify(target, "txt", settings, sourceFile);

    /// <summary>Verifies the text that a task gives.</summary>
    /// <inheritdoc cref="Verify(string, VerifySettings?, string)" path="/exception"/>
    public static SettingsTask Verify(Task<string> target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        var test = UseVerifyAttribute.CurrentTest;
        return new SettingsTask(
            settings, async final => await new Snapshot(test, sourceFile, "txt", final).VerifyAsync(await target.ConfigureAwait(false)).ConfigureAwait(false));
    }

    /// <summary>Verifies a text whose snapshot has the given extension, without the dot.</summary>
    /// <inheritdoc cref="Verify(string, VerifySettings?, string)" path="/exception"/>
    public static SettingsTask Verify(
        string target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        var test = UseVerifyAttribute.CurrentTest;
        return new SettingsTask(settings, final => new Snapshot(test, sourceFile, extension, final).VerifyAsync(target));
    }
}

using System.Reflection;
using VerifyTests;
using Xunit;

namespace VerifyXunit;

/// <summary>
/// Under a build server (<c>CI</c> = true), a snapshot whose test no longer exists fails the tests of its class: it would otherwise look
/// approved for ever while nothing compares it.
/// </summary>
internal static class DanglingSnapshots
{
    public static void ThrowIfAny(Type testClass, string directory)
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            return;
        var dangling = Find(testClass, directory);
        if (dangling.Count > 0)
        {
            throw new VerifyException(
                $"Dangling snapshots in {directory}: no test of {SnapshotName.ClassName(testClass)} claims {string.Join(", ", dangling)}. " +
                "Delete them, or rename them with their test.");
        }
    }

    private static List<string> Find(Type testClass, string directory)
    {
        var prefix = SnapshotName.ClassName(testClass) + ".";
        var nested = testClass.GetNestedTypes().Select(type => prefix + type.Name + ".").ToList();
        var tests = testClass.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))).Select(method => prefix + method.Name).ToList();
        return Directory.EnumerateFiles(directory, $"{prefix}*.verified.*")
            .Select(file => Path.GetFileName(file))
            .Where(file => !nested.Any(other => file.StartsWith(other, StringComparison.Ordinal)))
            .Where(file => !tests.Any(test => Claims(test, file[..file.LastIndexOf(".verified.", StringComparison.Ordinal)])))
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private static bool Claims(string test, string name) => name == test || name.StartsWith(test + "_", StringComparison.Ordinal);
}

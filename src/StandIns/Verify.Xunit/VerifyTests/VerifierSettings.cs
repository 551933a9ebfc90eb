using System.Collections.Concurrent;

namespace VerifyTests;

/// <summary>Settings of the whole process; set them from a module initializer.</summary>
public static class VerifierSettings
{
    private static readonly ConcurrentDictionary<string, StringCompare> s_comparers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compares every snapshot with this extension (<c>"json"</c>, without the dot) by <paramref name="compare"/>.</summary>
    public static void RegisterStringComparer(string extension, StringCompare compare) => s_comparers[extension] = compare;

    internal static StringCompare? ComparerFor(string extension) => s_comparers.GetValueOrDefault(extension);
}

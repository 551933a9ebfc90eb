using System.Globalization;
using System.Text.RegularExpressions;
using VerifyTests;

namespace Harness.Testing;

/// <summary>
/// Compares two texts exactly, except for the numbers in them: two numbers agree when
/// <c>|a − b| ≤ max(absolute, relative · max(|a|, |b|))</c>. A last bit that differs between machines then leaves a snapshot intact.
/// </summary>
/// <remarks>
/// Two whole numbers must be equal, because counts are. Digits inside a word (<c>p0</c>, <c>float64</c>) or a version (<c>1.13.1</c>)
/// are text. NaN and Infinity are text, so they equal only themselves.
/// </remarks>
internal static partial class NumericText
{
    /// <summary>The comparer, for <c>UseStringComparer</c> or <c>VerifierSettings.RegisterStringComparer</c>.</summary>
    public static StringCompare Comparer(double relative, double absolute = 0) => (received, verified, _) =>
        Task.FromResult(Difference(received, verified, relative, absolute) is { } difference
            ? CompareResult.NotEqual(difference)
            : CompareResult.Equal);

    /// <summary>Returns the first difference in words, or <c>null</c> when the texts agree.</summary>
    public static string? Difference(string received, string verified, double relative, double absolute = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(relative);
        ArgumentOutOfRangeException.ThrowIfNegative(absolute);
        var (receivedLines, verifiedLines) = (Lines(received), Lines(verified));
        for (var i = 0; i < Math.Min(receivedLines.Length, verifiedLines.Length); i++)
            if (LineDifference(receivedLines[i], verifiedLines[i], relative, absolute) is { } difference)
                return string.Create(CultureInfo.InvariantCulture, $"line {i + 1}: {difference}");
        return receivedLines.Length == verifiedLines.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{receivedLines.Length} lines received, {verifiedLines.Length} verified");
    }

    private static string? LineDifference(string received, string verified, double relative, double absolute)
    {
        if (received == verified)
            return null;
        if (!Number().Split(received).SequenceEqual(Number().Split(verified)))
            return $"received '{received}', verified '{verified}'";
        foreach (var (a, b) in Number().Matches(received).Zip(Number().Matches(verified), (a, b) => (a.Value, b.Value)))
            if (!Agree(a, b, relative, absolute))
                return string.Create(CultureInfo.InvariantCulture, $"received {a}, verified {b}, beyond relative {relative:g} and absolute {absolute:g}");
        return null;
    }

    private static bool Agree(string received, string verified, double relative, double absolute)
    {
        if (received == verified)
            return true;
        if (IsWhole(received) && IsWhole(verified))
            return false;
        var (a, b) = (double.Parse(received, CultureInfo.InvariantCulture), double.Parse(verified, CultureInfo.InvariantCulture));
        return Math.Abs(a - b) <= Math.Max(absolute, relative * Math.Max(Math.Abs(a), Math.Abs(b)));
    }

    private static bool IsWhole(string number) => number.AsSpan().IndexOfAny(".eE") < 0;

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex(@"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}

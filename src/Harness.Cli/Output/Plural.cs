namespace Harness.Cli;

/// <summary>Numbers with their noun.</summary>
internal static class Plural
{
    /// <summary><c>1 gradient</c>, <c>2 gradients</c>.</summary>
    public static string Of(long number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}

namespace Harness.Decompositions.Tests;

/// <summary>What every submission in these tests has in common.</summary>
internal static class Files
{
    internal static Dictionary<string, string> Metadata() => new()
    {
        ["harness.schema"] = "decomposition/1", ["case"] = "case-1", ["method"] = "by-hand", ["version"] = "1", ["seed"] = "3",
    };
}

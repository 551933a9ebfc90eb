namespace Harness.Reporting;

/// <summary>Headings of narrow columns.</summary>
internal static class Headings
{
    /// <summary>A model's id in lines of at most <paramref name="width"/> characters, broken before dashes; a longer word stays whole.</summary>
    internal static IReadOnlyList<string> Lines(string id, int width)
    {
        var lines = new List<string>();
        foreach (var part in id.Split('-').Select((part, k) => k == 0 ? part : "-" + part))
            if (lines.Count > 0 && lines[^1].Length + part.Length <= width)
                lines[^1] += part;
            else
                lines.Add(part);
        return lines;
    }
}

using System.Text.Json;

namespace Harness.Grading;

/// <summary>A run record as read: a header, cases in order, and a footer unless it is partial.</summary>
/// <param name="Header">The first line.</param>
/// <param name="Cases">The cases, in the order in which they finished.</param>
/// <param name="Footer">The last line; null: the record is partial.</param>
public sealed record RunRecord(HeaderLine Header, IReadOnlyList<CaseLine> Cases, FooterLine? Footer)
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "results.jsonl";

    /// <summary>Whether every planned case is there. A partial record is never presented as complete, and a shard is a part.</summary>
    public bool IsComplete => HasEnded && Header.Shard is null;

    /// <summary>Whether there is nothing left to run of what this record, or shard, was begun for.</summary>
    public bool HasEnded => Footer is { Complete: true };

    /// <summary>Reads a record. A last line that was cut off (a killed run) is left out; anything else that is wrong is an error.</summary>
    /// <exception cref="InvalidDataException">The file is no run record; the message names the line.</exception>
    public static RunRecord Read(string path)
    {
        var text = File.ReadAllText(path);
        var lines = text.Split('\n');
        // A complete line ends with a line feed, so what follows the last one is cut off, or empty.
        var read = lines[..^1].Select((line, index) => ReadLine(path, line, index)).ToList();
        if (read.Count == 0 || read[0] is not HeaderLine header)
            throw new InvalidDataException($"'{path}' does not begin with the header of a run record (schema {RunJson.Schema}).");
        var wrong = read.FindIndex(1, line => line is HeaderLine);
        var footer = read.FindIndex(line => line is FooterLine);
        if (wrong >= 0 || (footer >= 0 && footer != read.Count - 1))
            throw new InvalidDataException($"'{path}', line {(wrong >= 0 ? wrong : footer) + 1}: a header may only come first and a footer only last.");
        var record = new RunRecord(header, [.. read.OfType<CaseLine>()], read[^1] as FooterLine);
        if (record.Footer?.Counts.TryGetValue("cases", out var counted) == true && counted != record.Cases.Count)
            throw new InvalidDataException($"'{path}' has {record.Cases.Count} cases, but its footer counts {counted}: it was edited, or lines were lost.");
        return record;
    }

    private static RunLine ReadLine(string path, string line, int index)
    {
        try
        {
            return RunJson.Read(line);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"'{path}', line {index + 1}: {exception.Message}", exception);
        }
    }
}

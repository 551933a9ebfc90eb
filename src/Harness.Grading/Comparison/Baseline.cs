namespace Harness.Grading;

/// <summary>A record that later runs are compared with: what it measured, without what no two runs have in common.</summary>
public static class Baseline
{
    /// <summary>
    /// Writes a record as a baseline, in place of what was there, at once or not at all. Times, memory and explanations are left out: a baseline changes where a
    /// number does.
    /// </summary>
    /// <exception cref="InvalidDataException">The record is partial.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there is left as it was.</exception>
    public static void Write(RunRecord record, string path)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!record.IsComplete)
            throw new InvalidDataException("A partial run is no baseline: go on with it by --resume.");
        RunLine[] lines =
        [
            record.Header,
            .. record.Cases.Select(line => line with { Cost = new CaseCost(null, line.Cost.Gradients, line.Cost.Products, null), Findings = null, Plants = null }),
            record.Footer! with { Seconds = 0 },
        ];
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, string.Concat(lines.Select(line => RunJson.Write(line) + "\n")));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

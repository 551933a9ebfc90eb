using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace VerifyXunit;

/// <summary>The texts of a failed verification: which files, what differs, how to approve.</summary>
internal static class SnapshotFailure
{
    private const int Context = 2;
    private const int LongestNewText = 100;

    public static string New(string received, string receivedFile, string verifiedFile)
    {
        var lines = received.Split('\n');
        var shown = string.Join('\n', lines.Take(LongestNewText));
        var more = lines.Length > LongestNewText ? $"\n... {lines.Length - LongestNewText} more lines in the file" : "";
        return Heading("New snapshot", receivedFile, verifiedFile) + $"Content:\n{shown}{more}\n" + Approval(receivedFile, verifiedFile);
    }

    public static string NotEqual(string received, string verified, string? reason, string receivedFile, string verifiedFile) =>
        Heading("Snapshot differs", receivedFile, verifiedFile)
        + (reason is null ? "" : $"Comparer: {reason}\n")
        + "Difference (- verified, + received):\n" + Difference(verified, received) + Approval(receivedFile, verifiedFile);

    private static string Heading(string what, string receivedFile, string verifiedFile) =>
        $"{what} in {Path.GetDirectoryName(verifiedFile)}\n  received: {Path.GetFileName(receivedFile)}\n  verified: {Path.GetFileName(verifiedFile)}\n";

    private static string Approval(string receivedFile, string verifiedFile) =>
        $"To approve, read the difference and then run: mv '{receivedFile}' '{verifiedFile}'";

    private static string Difference(string verified, string received)
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received, ignoreWhitespace: false).Lines;
        var near = new bool[lines.Count];
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
            for (var i = Math.Max(0, index - Context); i <= Math.Min(lines.Count - 1, index + Context); i++)
                near[i] |= line.Type != ChangeType.Unchanged;

        var text = new StringBuilder();
        var skipping = false;
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
        {
            if (near[index])
                text.Append(Sign(line.Type)).Append(line.Text).Append('\n');
            else if (!skipping)
                text.Append("  ...\n");
            skipping = !near[index];
        }
        return text.ToString();
    }

    private static string Sign(ChangeType type) => type switch
    {
        ChangeType.Deleted => "- ",
        ChangeType.Inserted => "+ ",
        _ => "  ",
    };
}

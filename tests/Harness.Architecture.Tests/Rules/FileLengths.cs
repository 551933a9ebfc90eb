namespace Harness.Architecture.Tests.Rules;

/// <summary>Short files: nobody reads a long one.</summary>
internal static class FileLengths
{
    public const int Longest = 350;

    /// <summary>The median over a project's files; a few long ones among many short ones are no drift.</summary>
    public const int Median = 120;

    public static IEnumerable<string> Violations(RepositoryFile file)
    {
        if (file.Lines.Length > Longest)
            yield return $"{file.Path} has {file.Lines.Length} lines; {Longest} at most. Split it by aspect (Type.Aspect.cs).";
    }

    public static int MedianOf(IEnumerable<RepositoryFile> files)
    {
        var lengths = files.Select(file => file.Lines.Length).Order().ToList();
        return lengths.Count == 0 ? 0 : lengths[lengths.Count / 2];
    }
}

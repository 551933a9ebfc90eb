namespace Harness.Decompositions;

/// <summary>A submission is not as it should be. The message names the file, the key, and actual against expected.</summary>
public sealed class SubmissionException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file or folder concerned.</param>
    /// <param name="key">The tensor or metadata key concerned, or null.</param>
    /// <param name="problem">What is wrong, and what was expected.</param>
    /// <param name="inner">What caused it, or null.</param>
    public SubmissionException(string file, string? key, string problem, Exception? inner = null)
        : base(key is null ? $"{file}: {problem}" : $"{file}: '{key}' {problem}", inner) => (File, Key) = (file, key);

    /// <summary>The file or folder concerned.</summary>
    public string File { get; }

    /// <summary>The tensor or metadata key concerned, or null.</summary>
    public string? Key { get; }
}

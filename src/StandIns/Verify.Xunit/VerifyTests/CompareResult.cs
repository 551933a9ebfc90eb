namespace VerifyTests;

/// <summary>What a <see cref="StringCompare"/> answers.</summary>
public readonly struct CompareResult
{
    private CompareResult(bool isEqual, string? message) => (IsEqual, Message) = (isEqual, message);

    /// <value>The two texts count as the same.</value>
    public static CompareResult Equal { get; } = new(true, null);

    /// <value>Whether the two texts count as the same.</value>
    public bool IsEqual { get; }

    /// <value>Why they do not, for the failure's text.</value>
    public string? Message { get; }

    /// <summary>The two texts differ, with the reason if the comparer knows one.</summary>
    public static CompareResult NotEqual(string? message = null) => new(false, message);
}

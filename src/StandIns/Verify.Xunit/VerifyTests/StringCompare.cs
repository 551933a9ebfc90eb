namespace VerifyTests;

/// <summary>Decides whether a received text counts as the verified one. Write it as a lambda: the third parameter's type varies between versions.</summary>
public delegate Task<CompareResult> StringCompare(string received, string verified, IReadOnlyDictionary<string, object> context);

namespace VerifyTests;

/// <summary>A snapshot is new, differs, or dangles.</summary>
public sealed class VerifyException(string message) : Exception(message);

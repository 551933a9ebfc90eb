namespace Harness.Decompositions;

/// <summary>The metadata keys of schema <c>decomposition/1</c>.</summary>
internal static class SubmissionMetadata
{
    internal const string CurrentSchema = "decomposition/1";
    internal const string Schema = "harness.schema";
    internal const string Case = "case";
    internal const string Method = "method";
    internal const string Version = "version";
    internal const string Seed = "seed";
    internal const string Notes = "notes";

    internal static IReadOnlyList<string> Required { get; } = [Schema, Case, Method, Version, Seed];
}

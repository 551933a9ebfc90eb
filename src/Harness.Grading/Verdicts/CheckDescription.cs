namespace Harness.Grading;

/// <summary>A check, for people.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Level">How binding it is; null: a number that is only reported.</param>
/// <param name="Summary">What it claims, in a sentence.</param>
public sealed record CheckDescription(string Id, CheckLevel? Level, string Summary);

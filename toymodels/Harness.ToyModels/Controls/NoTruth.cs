namespace Harness.ToyModels;

/// <summary>The truth of a control.</summary>
internal static class NoTruth
{
    internal const string Family = "control";

    /// <summary>Nothing is planted.</summary>
    internal static Truth Because(string reason) => new($"Nothing is planted: {reason}", TruthGrade.None, [], []);
}

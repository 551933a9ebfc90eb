namespace Harness.ToyModels;

/// <summary>The truth of a control.</summary>
internal static class NoTruth
{
    internal const string Family = "control";

    /// <summary>Nothing is planted.</summary>
    /// <param name="reason">Why, for people.</param>
    /// <param name="decomposed">Tensors that a decomposition is to add up to: what can be judged of it here.</param>
    internal static Truth Because(string reason, IReadOnlyList<string> decomposed) => new($"Nothing is planted: {reason}", TruthGrade.None, [], decomposed);
}

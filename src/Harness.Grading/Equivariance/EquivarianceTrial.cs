using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Asks a method equivalent questions and measures how far apart its answers are. Used in one dispose scope, which owns the first answer.</summary>
/// <param name="subject">What it is asked about.</param>
/// <param name="ask">Puts a question to one and the same instance of the method, always with the same seed.</param>
/// <param name="askFresh">Puts a question to a fresh instance.</param>
public sealed class EquivarianceTrial(EquivarianceSubject subject, Func<Subject, Decomposition> ask, Func<Subject, Decomposition> askFresh)
{
    private readonly Lazy<Decomposition> _answer = new(() => ask(subject.Create()));

    /// <summary>The answer to the first question.</summary>
    public Decomposition Answer => _answer.Value;

    /// <summary>Tries a rule.</summary>
    /// <exception cref="Exception">What the method throws.</exception>
    public EquivarianceOutcome Try(EquivarianceRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        // Asked first: a method that keeps state keeps it from the first question.
        var first = Answer;
        using var scope = NewDisposeScope();
        var twin = rule.Twin(subject);
        if (twin.Subject is not { } question)
            return new EquivarianceOutcome(null, 0, 0, twin.Skipped);
        if (rule.IsBitwise)
            return Compare(first, [ask(question), askFresh(subject.Create())]);
        var found = ask(question);
        var answer = twin.Map is { } map ? found with { Subnetworks = [.. found.Subnetworks.Select(one => PullBack(one, map))] } : found;
        return new EquivarianceOutcome(DecompositionDistance.Between(first, answer), first.Subnetworks.Count, answer.Subnetworks.Count, null);
    }

    /// <summary>0 where all are equal bit by bit; else their distance, which is above 0.</summary>
    private static EquivarianceOutcome Compare(Decomposition first, IReadOnlyList<Decomposition> others)
    {
        var print = Fingerprint.Of(first);
        var other = others.FirstOrDefault(other => Fingerprint.Of(other) != print);
        return new EquivarianceOutcome(
            other is null ? 0 : Math.Max(DecompositionDistance.Between(first, other), Tolerances.UnitRoundoff64), first.Subnetworks.Count, (other ?? first).Subnetworks.Count, null);
    }

    /// <summary>Parts of the wrong shape stay as they are: they are no answer, which other checks say.</summary>
    private static Subnetwork PullBack(Subnetwork subnetwork, ILinearMap map) => subnetwork with
    {
        Directions = subnetwork.Directions is { } directions && directions.AmbientDimension == map.Dimension
            ? Subspaces.Transform(map, directions, inverse: true) : subnetwork.Directions,
        Component = subnetwork.Component is { } component && component.shape.SequenceEqual([map.Dimension])
            ? map.ApplyInverse(component.unsqueeze(0)).squeeze(0) : subnetwork.Component,
    };
}

using Harness.Numerics;

namespace Harness.Decompositions;

/// <summary>What a steering method found: directions <c>d</c> for <c>θ′ = θ + λ d</c>.</summary>
/// <param name="Method">Who says so.</param>
/// <param name="Avoided">The subspace that every direction is orthogonal to (what the kept data set depends on); null: none is claimed.</param>
/// <param name="Directions">The most promising first; may be empty, and then <paramref name="Remarks"/> say why.</param>
/// <param name="Remarks">What a reader must know: a candidate without a direction, a cluster that a count cut, …</param>
public sealed record SteeringAnswer(
    MethodInfo Method, Subspace? Avoided, IReadOnlyList<SteeringDirection> Directions, IReadOnlyList<string> Remarks)
{
    /// <summary>Hands all tensors to the outer dispose scope and returns itself.</summary>
    public SteeringAnswer MoveToOuterDisposeScope()
    {
        Avoided?.MoveToOuterDisposeScope();
        foreach (var direction in Directions)
            direction.Vector.MoveToOuterDisposeScope();
        return this;
    }
}

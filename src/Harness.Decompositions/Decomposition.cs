namespace Harness.Decompositions;

/// <summary>What a method found. The order of the subnetworks carries no meaning.</summary>
/// <param name="Method">Who says so.</param>
/// <param name="Subnetworks">The subnetworks; may be empty: "nothing found".</param>
/// <param name="Metadata">Anything the method wants to say; never graded.</param>
public sealed record Decomposition(
    MethodInfo Method, IReadOnlyList<Subnetwork> Subnetworks, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Hands the tensors of every subnetwork to the outer dispose scope and returns itself.</summary>
    public Decomposition MoveToOuterDisposeScope()
    {
        foreach (var subnetwork in Subnetworks)
            subnetwork.MoveToOuterDisposeScope();
        return this;
    }
}

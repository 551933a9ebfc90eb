using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Decompositions;

/// <summary>One claimed subnetwork: a subspace of parameter space, a share of θ*, or both.</summary>
public sealed record Subnetwork
{
    /// <summary>Creates a subnetwork.</summary>
    /// <param name="name">For people; not graded.</param>
    /// <param name="directions">The subspace of parameter space it occupies; a coordinate mask is a <see cref="CoordinateSubspace"/>.</param>
    /// <param name="component">Its share of θ*, <c>[P]</c> float64.</param>
    /// <param name="activity">Per data set, per sample <c>[N]</c>: how strongly it is used, at least 0. Null: not claimed.</param>
    /// <exception cref="ArgumentException">Neither directions nor a component is given.</exception>
    public Subnetwork(
        string name, Subspace? directions = null, Tensor? component = null, IReadOnlyDictionary<string, double[]>? activity = null)
    {
        if (directions is null && component is null)
            throw new ArgumentException($"Subnetwork '{name}' needs directions, a component, or both.");
        (Name, Directions, Component, Activity) = (name, directions, component, activity);
    }

    /// <summary>For people; not graded.</summary>
    public string Name { get; init; }

    /// <summary>The subspace of parameter space it occupies, or null.</summary>
    public Subspace? Directions { get; init; }

    /// <summary>Its share of θ*, <c>[P]</c>, or null.</summary>
    public Tensor? Component { get; init; }

    /// <summary>Per data set, per sample <c>[N]</c>; null: not claimed.</summary>
    public IReadOnlyDictionary<string, double[]>? Activity { get; init; }

    /// <summary>Hands its tensors to the outer dispose scope and returns itself.</summary>
    public Subnetwork MoveToOuterDisposeScope()
    {
        Directions?.MoveToOuterDisposeScope();
        Component?.MoveToOuterDisposeScope();
        return this;
    }
}

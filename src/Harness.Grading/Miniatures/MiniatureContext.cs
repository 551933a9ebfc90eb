using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What a miniature is built from: the truth, in the undisguised gauge, and the way back into the parameters that methods see. Answers are pushed
/// forward through the disguise, so that the grader's pull-back is exercised and not by-passed.
/// </summary>
/// <param name="Model">The model as methods see it.</param>
/// <param name="Profile">Its truth.</param>
/// <param name="Random">The only source of randomness.</param>
public sealed record MiniatureContext(ToyModel Model, TruthProfile Profile, RandomSource Random)
{
    /// <summary>The planted subnetworks, undisguised.</summary>
    public IReadOnlyList<PlantedSubnetwork> Planted => Profile.Truth.Subnetworks;

    /// <summary>P.</summary>
    public long Length => Profile.Layout.Length;

    /// <summary>θ* as methods see it, <c>[P]</c>.</summary>
    public Tensor Parameters => Model.Model.Parameters;

    /// <summary>A subspace carried into the parameters that methods see.</summary>
    public Subspace Push(Subspace subspace)
    {
        ArgumentNullException.ThrowIfNull(subspace);
        return Model.Disguise is not { } disguise || subspace.Dimension == subspace.AmbientDimension
            ? subspace
            : Subspaces.Transform(disguise, subspace, inverse: false);
    }

    /// <summary>A vector <c>[P]</c> carried into the parameters that methods see.</summary>
    public Tensor Push(Tensor vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return Model.Disguise is { } disguise ? disguise.Apply(vector.unsqueeze(0)).squeeze(0) : vector;
    }

    /// <summary>The most sensitive directions of planted subnetwork i, undisguised, <c>[min(count, r_i), P]</c>.</summary>
    public Tensor TopDirections(int i, long count)
    {
        var planted = Planted[i].Subspace;
        return planted.Embed(Profile.Sensitivities[i].TopDirections(Math.Min(count, planted.Dimension)));
    }

    /// <summary>An answer of undisguised parts, pushed forward.</summary>
    public Subnetwork Answer(string name, Subspace? directions, Tensor? component) =>
        new(name, directions is null ? null : Push(directions), component is null ? null : Push(component));

    /// <summary>Planted subnetwork i as it is: all its directions, and its component if it has one.</summary>
    public Subnetwork Exact(int i) => Answer(Planted[i].Name, Planted[i].Subspace, Planted[i].Component);

    /// <summary>One answer for each planted subnetwork.</summary>
    public IReadOnlyList<Subnetwork> Each(Func<int, Subnetwork> answer) => [.. Enumerable.Range(0, Planted.Count).Select(answer)];
}

using Harness.Decompositions;
using Harness.Grading;
using Harness.Numerics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>The truth's word on steering directions, where it is exact and has one subnetwork for each set; no method sees it.</summary>
internal static class SteerPurity
{
    /// <summary>Least share of a direction's squared length in the planted subnetwork of the set to ablate, after pull-back; null: there is no such truth, or no direction.</summary>
    /// <param name="toy">The model and its truth.</param>
    /// <param name="ablate">Name of the set, which is that of its subnetwork.</param>
    /// <param name="answer">The directions.</param>
    public static double? Of(ToyModel toy, string ablate, SteeringAnswer answer)
    {
        var planted = toy.Truth.Grade == TruthGrade.Exact ? toy.Truth.Subnetworks.FirstOrDefault(subnetwork => subnetwork.Name == ablate) : null;
        if (planted is null || answer.Directions.Count == 0)
            return null;
        using var scope = NewDisposeScope();
        var rows = Pulled(toy, stack([.. answer.Directions.Select(direction => direction.Vector)]));
        return (planted.Subspace.Coordinates(rows).square().sum(1) / rows.square().sum(1)).min().ToDouble();
    }

    /// <summary>Largest |cosine| between a direction and a basis vector of what it avoids, both pulled back; null: nothing is avoided, or there is no direction.</summary>
    /// <param name="toy">The model.</param>
    /// <param name="answer">The directions.</param>
    public static double? LargestCosine(ToyModel toy, SteeringAnswer answer)
    {
        if (answer.Avoided is not { Dimension: > 0 } avoided || answer.Directions.Count == 0)
            return null;
        using var scope = NewDisposeScope();
        var (rows, others) = (Pulled(toy, stack([.. answer.Directions.Select(direction => direction.Vector)])), Pulled(toy, avoided.Basis()));
        return (rows / rows.norm(1, true)).matmul((others / others.norm(1, true)).t()).abs().max().ToDouble();
    }

    private static Tensor Pulled(ToyModel toy, Tensor rows) => toy.Disguise is { } map ? map.Inverse().Apply(rows) : rows;
}

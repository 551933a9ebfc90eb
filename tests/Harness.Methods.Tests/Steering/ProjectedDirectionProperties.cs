using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>
/// MUST of methods.md M2: every direction has length 1 and <c>‖V_A d‖ ≤ 10·m·u‖d‖</c>, however little of the candidate lies outside. The faulty projections
/// below are what the two checks reject.
/// </summary>
[Properties(Arbitrary = [typeof(AvoidedSpec)], MaxTest = 100, QuietOnSuccess = true)]
public sealed class ProjectedDirectionProperties
{
    [Property]
    public void Directions_are_of_length_one_and_off_what_is_avoided(AvoidedSpec spec)
    {
        using var scope = NewDisposeScope();
        var avoided = spec.Subspace();
        var (directions, remarks) = ProjectedDirections.Of(avoided, spec.Rows(avoided), index => $"v{index}");
        Assert.Equal(spec.Candidates, directions.Count + remarks.Count);
        var mixtures = ProjectedDirections.Mixtures(avoided, directions);
        Assert.Null(Objection(avoided, [.. directions.Concat(mixtures).Select(direction => direction.Vector)]));
    }

    /// <summary>Kills a projector that depends on the basis: of a subspace only the span is known.</summary>
    [Property]
    public void Another_basis_of_what_is_avoided_changes_nothing(AvoidedSpec spec)
    {
        using var scope = NewDisposeScope();
        var avoided = spec.Subspace();
        var turned = spec.Avoided == 0
            ? avoided
            : new DenseSubspace(Subspaces.Random(spec.Avoided, spec.Avoided, new RandomSource((ulong)spec.Seed, 5)).Basis().matmul(avoided.Basis()));
        var rows = spec.Rows(avoided);
        var (plain, same) = (ProjectedDirections.Of(avoided, rows, _ => "").Directions, ProjectedDirections.Of(turned, rows, _ => "").Directions);
        Assert.Equal(plain.Count, same.Count);
        // What was small is scaled up, and its rounding with it.
        var limit = Tolerances.SteeringOrthogonality(spec.Ambient) * Math.Pow(10, spec.Closeness + 1);
        foreach (var (left, right) in plain.Zip(same))
            Assert.True((left.Vector - right.Vector).norm().ToDouble() <= limit);
    }

    /// <summary>Kills division by a length that is only rounding: a candidate inside has no direction, and is named.</summary>
    [Property]
    public void A_candidate_inside_what_is_avoided_is_named(AvoidedSpec spec)
    {
        using var scope = NewDisposeScope();
        var avoided = spec.Subspace();
        var inside = avoided.Basis();
        var (directions, remarks) = ProjectedDirections.Of(avoided, inside, index => $"v{index}");
        Assert.Empty(directions);
        Assert.Equal(Enumerable.Range(0, spec.Avoided).Select(index => $"v{index} has no direction: it lies inside what is avoided"), remarks);
    }

    /// <summary>Each faulty projection, with the words of the check that rejects it.</summary>
    public static TheoryData<string, string> Faulty => new()
    {
        { nameof(Onto), "not orthogonal" },
        { nameof(Once), "not orthogonal" },
        { nameof(NotOrthonormal), "not orthogonal" },
        { nameof(NotRenormalised), "not of length 1" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Faulty_projections_are_rejected(string name, string words)
    {
        using var scope = NewDisposeScope();
        var spec = new AvoidedSpec(40, 7, 3, 4, 1);
        var avoided = spec.Subspace();
        Func<Tensor, Tensor, Tensor> project = name switch
        {
            nameof(Onto) => Onto,
            nameof(Once) => Once,
            nameof(NotOrthonormal) => NotOrthonormal,
            _ => NotRenormalised,
        };
        Assert.Equal(words, Objection(avoided, [.. project(avoided.Basis(), spec.Rows(avoided)).unbind(0)]));
    }

    private static string? Objection(DenseSubspace avoided, IReadOnlyList<Tensor> directions) =>
        directions.Any(direction => !(Math.Abs(direction.norm().ToDouble() - 1) <= Tolerances.SteeringOrthogonality(avoided.AmbientDimension))) ? "not of length 1"
        : directions.Any(direction => !(avoided.Coordinates(direction.unsqueeze(0)).norm().ToDouble() <= Tolerances.SteeringOrthogonality(avoided.Dimension))) ? "not orthogonal"
        : null;

    private static Tensor Onto(Tensor basis, Tensor rows) => Unit(rows.matmul(basis.t()).matmul(basis));

    private static Tensor Once(Tensor basis, Tensor rows) => Unit(rows - rows.matmul(basis.t()).matmul(basis));

    private static Tensor NotOrthonormal(Tensor basis, Tensor rows)
    {
        // The same span, with one row leaning on another.
        var leaning = cat([basis.narrow(0, 0, 1), basis.narrow(0, 1, basis.shape[0] - 1) + 0.1 * basis.narrow(0, 0, 1)], 0);
        var once = rows - rows.matmul(leaning.t()).matmul(leaning);
        return Unit(once - once.matmul(leaning.t()).matmul(leaning));
    }

    private static Tensor NotRenormalised(Tensor basis, Tensor rows)
    {
        var once = rows - rows.matmul(basis.t()).matmul(basis);
        return once - once.matmul(basis.t()).matmul(basis);
    }

    private static Tensor Unit(Tensor rows) => rows / rows.norm(1, true);
}

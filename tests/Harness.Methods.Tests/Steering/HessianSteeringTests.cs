using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>On two planted branches that share nothing, Hessian steering must be perfect: each pure set's eigenvectors lie in its own branch.</summary>
public sealed class HessianSteeringTests
{
    private static readonly HessianSteeringOptions s_few = new() { Candidates = 4, Avoided = 10, Mixed = 0 };

    private static readonly MethodContext s_context = MethodContext.Default(0);

    [Theory]
    [InlineData(null)]
    [InlineData(DisguiseKind.Permute)]
    [InlineData(DisguiseKind.Rescale)]
    public void Directions_lie_in_the_branch_of_the_set_to_ablate(DisguiseKind? disguise)
    {
        using var scope = NewDisposeScope();
        var (model, plain) = Planted(disguise);
        foreach (var (keep, ablate) in new[] { ("digits", "patterns"), ("patterns", "digits") })
        {
            var answer = new HessianSteering(s_few).Steer(model.ToSubject(), new($"{keep}-train", $"{ablate}-train"), s_context);
            Assert.Equal(s_few.Candidates, answer.Directions.Count);
            Assert.All(answer.Directions, direction => Assert.True(Share(model, plain, ablate, direction.Vector) >= Tolerances.PlantedPurity));
            Assert.All(answer.Avoided!.Basis().unbind(0), row => Assert.True(Share(model, plain, keep, row) >= Tolerances.PlantedPurity));
        }
    }

    /// <summary>First derivatives alone find the branch too: the logits of a pure set depend on nothing of the other branch.</summary>
    [Fact]
    public void Gradient_directions_lie_in_the_branch_of_the_set_to_ablate()
    {
        using var scope = NewDisposeScope();
        var (model, plain) = Planted(DisguiseKind.Permute);
        var complement = new HessianSteering(s_few with { Complement = SteeringComplement.Jacobian, Avoided = 60 })
            .Steer(model.ToSubject(), new("digits-train", "patterns-train"), s_context).Avoided;
        var answer = new GradientSteering(complement, 3, mixed: 2).Steer(model.ToSubject(), new("digits-train", "patterns-train"), s_context);
        Assert.Equal(["u0", "u1", "u2", "+u0+u1", "+u0−u1"], answer.Directions.Select(direction => direction.Name));
        Assert.All(answer.Directions, direction => Assert.True(Share(model, plain, "patterns", direction.Vector) >= Tolerances.PlantedPurity));
    }

    /// <summary>What the purity above rejects: directions of the wrong set, and of the mixed set for both.</summary>
    [Theory]
    [InlineData("digits-train", "patterns-train", "digits")]
    [InlineData("patterns-train", "mixed-train", "digits")]
    public void Directions_of_another_set_are_not_pure(string keep, string used, string ablate)
    {
        using var scope = NewDisposeScope();
        var (model, plain) = Planted(null);
        var answer = new HessianSteering(s_few with { Avoided = 0 }).Steer(model.ToSubject(), new(keep, used), s_context);
        Assert.Contains(answer.Directions, direction => Share(model, plain, ablate, direction.Vector) < Tolerances.PlantedPurity);
    }

    [Fact]
    public void Parameters_are_left_as_they_are_and_equal_seeds_give_equal_bits()
    {
        using var scope = NewDisposeScope();
        var (model, _) = Planted(null);
        var before = model.Model.Parameters.clone();
        var options = s_few with { Complement = SteeringComplement.Jacobian, Avoided = 60, Mixed = 2 };
        SteeringAnswer Steer() => new HessianSteering(options).Steer(model.ToSubject(), new("digits-train", "patterns-train"), s_context);
        var (first, second) = (Steer(), Steer());
        Assert.True(before.eq(model.Model.Parameters).all().ToBoolean());
        Assert.Equal(["v0", "v1", "v2", "v3", "+v0+v1", "+v0−v1"], first.Directions.Select(direction => direction.Name));
        Assert.All(first.Directions.Zip(second.Directions), pair => Assert.True(pair.First.Vector.eq(pair.Second.Vector).all().ToBoolean()));
    }

    /// <summary>Units in another order are an orthogonal change of parameters: every direction moves with them.</summary>
    [Theory]
    [InlineData(SteeringComplement.Hessian, 10)]
    [InlineData(SteeringComplement.Jacobian, 60)]
    public void Permuted_units_permute_the_directions(SteeringComplement complement, int avoided)
    {
        using var scope = NewDisposeScope();
        var options = s_few with { Complement = complement, Avoided = avoided };
        var (model, _) = Planted(null);
        var (permuted, _) = Planted(DisguiseKind.Permute);
        var task = new SteeringTask("digits-train", "patterns-train");
        var plain = new HessianSteering(options).Steer(model.ToSubject(), task, s_context);
        var moved = new HessianSteering(options).Steer(permuted.ToSubject(), task, s_context);
        foreach (var (left, right) in plain.Directions.Zip(moved.Directions))
        {
            var cosine = permuted.Disguise!.Apply(left.Vector.unsqueeze(0))[0].dot(right.Vector).ToDouble();
            Assert.True(Math.Abs(cosine) >= 1 - Tolerances.EquivalentAnswers, $"{left.Name}: |cos| {Math.Abs(cosine):g17}");
        }
    }

    /// <summary>Kills a method that normalises what is not there: the set to keep is the set to ablate, so nothing is left.</summary>
    [Fact]
    public void A_set_cannot_be_kept_and_ablated()
    {
        using var scope = NewDisposeScope();
        var (model, _) = Planted(null);
        var answer = new HessianSteering(s_few with { Avoided = 20 }).Steer(model.ToSubject(), new("digits-train", "digits-train"), s_context);
        Assert.Empty(answer.Directions);
        Assert.Equal(s_few.Candidates, answer.Remarks.Count(remark => remark.EndsWith("has no direction: it lies inside what is avoided", StringComparison.Ordinal)));
    }

    /// <summary>The scale of a loss is not the method's business: neither a factor of the loss nor weights that are all equal change a direction.</summary>
    [Theory]
    [InlineData(8, 1)]
    [InlineData(0.25, 1)]
    [InlineData(1, 1e6)]
    [InlineData(1, 1e-6)]
    public void The_scale_of_the_loss_changes_nothing(double weight, double factor)
    {
        using var scope = NewDisposeScope();
        var (model, _) = Planted(null);
        DataSet Weighted(DataSet set) => new(set.Name, set.Inputs, set.Targets, full([set.Count], weight, dtype: ScalarType.Float64));
        var task = new SteeringTask("digits-train", "patterns-train");
        var plain = new HessianSteering(s_few).Steer(model.ToSubject(), task, s_context);
        var (network, loss) = (model.Model.Network, model.Model.Loss with { Factor = factor });
        var scaled = new HessianSteering(s_few).Steer(
            new Subject(new Model(network, model.Model.Parameters, loss), [.. model.DataSets.Select(Weighted)]), task, s_context);
        Assert.Equal(plain.Directions.Count, scaled.Directions.Count);
        Assert.All(plain.Directions.Zip(scaled.Directions), pair =>
            Assert.True(Math.Abs(pair.First.Vector.dot(pair.Second.Vector).ToDouble()) >= 1 - Tolerances.EquivalentAnswers));
    }

    /// <summary>Several counts at once are what each of them is alone.</summary>
    [Fact]
    public void A_sweep_agrees_with_single_answers()
    {
        using var scope = NewDisposeScope();
        var (model, _) = Planted(null);
        var task = new SteeringTask("digits-train", "patterns-train");
        var options = s_few with { Complement = SteeringComplement.Jacobian };
        var sweep = new HessianSteering(options).Sweep(model.ToSubject(), task, [0, 30], s_context);
        Assert.Equal([0L, 30], sweep.Select(answer => answer.Avoided!.Dimension));
        var alone = new HessianSteering(options with { Avoided = 30 }).Steer(model.ToSubject(), task, s_context);
        Assert.All(alone.Directions.Zip(sweep[1].Directions), pair =>
            Assert.True((pair.First.Vector - pair.Second.Vector).norm().ToDouble() <= Tolerances.EquivalentAnswers));
    }

    /// <summary>As a decomposition, each pure set's subnetwork lies in its own branch; a subject with one data set is none of its business.</summary>
    [Theory]
    [InlineData(SteeringComplement.Hessian)]
    [InlineData(SteeringComplement.Jacobian)]
    public void As_a_decomposition_there_is_one_pure_subnetwork_per_set(SteeringComplement complement)
    {
        using var scope = NewDisposeScope();
        var (model, plain) = Planted(DisguiseKind.Permute);
        var method = new SteeringEigenspaces(complement);
        Assert.True(method.AppliesTo(model.ToSubject()));
        var found = method.Decompose(model.ToSubject(), s_context);
        Assert.Equal(["digits-train", "patterns-train"], found.Subnetworks.Select(subnetwork => subnetwork.Name));
        foreach (var subnetwork in found.Subnetworks)
            Assert.All(subnetwork.Directions!.Basis().unbind(0), row => Assert.True(Share(model, plain, subnetwork.Name.Split('-')[0], row) >= Tolerances.PlantedPurity));

        var single = ToyModelCatalog.Create("modular-addition").ToSubject();
        Assert.False(method.AppliesTo(single));
        Assert.Contains("of which 1 pure", Assert.Throws<ArgumentException>(() => method.Decompose(single, s_context)).Message, StringComparison.Ordinal);
    }

    /// <summary>The semi-supervised sphere search moves inside the known set's branch only, because its eigenspace lies there.</summary>
    [Fact]
    public void The_known_set_sphere_stays_in_the_known_branch()
    {
        using var scope = NewDisposeScope();
        var (model, plain) = Planted(null);
        var answer = new KnownSetSphere(8).Steer(model.ToSubject(), new("mixed-train", "patterns-train"), s_context);
        Assert.Equal(6, answer.Directions.Count);
        Assert.All(answer.Directions, direction => Assert.True(Share(model, plain, "patterns", direction.Vector) >= Tolerances.PlantedPurity));
    }

    private static (ToyModel Model, ToyModel Plain) Planted(DisguiseKind? disguise)
    {
        var plain = ToyModelCatalog.Create("parallel-modules");
        // Fewer images: the claim holds for any.
        var few = plain with { DataSets = [.. plain.DataSets.Select(set => new DataSet(set.Name, set.Inputs.narrow(0, 0, 120), set.Targets.narrow(0, 0, 120)))] };
        return (disguise is { } kind ? Disguises.Apply(few, kind, 3) : few, plain);
    }

    /// <summary>Share of a vector's squared length in a planted branch, in the undisguised gauge.</summary>
    private static double Share(ToyModel model, ToyModel plain, string branch, Tensor vector)
    {
        using var scope = NewDisposeScope();
        var pulled = model.Disguise is { } map ? map.Inverse().Apply(vector.unsqueeze(0)) : vector.unsqueeze(0);
        var planted = plain.Truth.Subnetworks.Single(subnetwork => subnetwork.Name == branch).Subspace;
        return (planted.Coordinates(pulled).square().sum() / pulled.square().sum()).ToDouble();
    }
}

using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>The gradient of the sphere's objective against central differences, with and without penalty, frozen directions and a large complement.</summary>
public sealed class SphereObjectiveTests
{
    /// <summary>Kills a missing factor in the derivative of z/‖z‖, a penalty without its 2, and a gradient that leaks into what is frozen.</summary>
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.7, 0, 2)]
    [InlineData(0.7, 5, 3)]
    [InlineData(3, 12, 4)]
    public void Gradient_is_the_derivative(double penalty, int frozenCount, ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var length = model.Model.Parameters.shape[0];
        var basis = Subspaces.Random(length, 20 + frozenCount, new RandomSource(seed)).Basis();
        var frozen = new DenseSubspace(basis.narrow(0, 0, frozenCount).clone());
        var landscape = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0]);
        var objective = new SphereObjective(landscape, model.Model.Parameters, basis.narrow(0, frozenCount, 20).clone(), frozen, 1.3, penalty);
        var random = new RandomSource(seed, 9);
        var (point, direction) = (random.Gaussians(length), random.Gaussians(length));
        double[] At(double step) => [.. point.Zip(direction, (at, along) => at + step * along)];
        var (value, gradient) = objective.At(point);
        var slope = (objective.At(At(Tolerances.DifferenceStep)).Value - objective.At(At(-Tolerances.DifferenceStep)).Value) / (2 * Tolerances.DifferenceStep);
        var expected = gradient.Zip(direction, (entry, along) => entry * along).Sum();
        var scale = Math.Abs(value) + Math.Abs(slope) + 1;
        Assert.True(Math.Abs(slope - expected) <= Tolerances.CentralDifference * scale, $"difference {slope:g17}, gradient {expected:g17}");
        Assert.True(frozen.Coordinates(tensor(gradient).unsqueeze(0)).norm().ToDouble() <= Tolerances.OnSphere * tensor(gradient).norm().ToDouble());
    }

    /// <summary>Accepted steps never go up: kills a line search that takes a step for its slope alone. Values agree to their roundoff.</summary>
    [Theory]
    [InlineData(0.15)]
    [InlineData(0.6)]
    public void The_objective_falls_from_step_to_step(double share)
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var (length, radius) = (toy.Model.Parameters.shape[0], share * toy.Model.Parameters.norm().ToDouble());
        var landscape = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]);
        var nothing = new DenseSubspace(zeros([0, length], dtype: ScalarType.Float64));
        var objective = new SphereObjective(landscape, toy.Model.Parameters, Subspaces.Random(length, 30, new RandomSource(2)).Basis(), nothing, radius, 0.5);
        var (last, accepted) = (double.NaN, new List<double>());
        (double, double[]) Watched(double[] point)
        {
            var (value, gradient) = objective.At(point);
            last = value;
            return (value, gradient);
        }

        // A step is reported when it is accepted, and it is the one that was evaluated last.
        new LBfgs(new LBfgsOptions(GradientTolerance: 0, MostIterations: 25)).Minimise(Watched, new RandomSource(3).Gaussians(length), new Each(_ => accepted.Add(last)));
        Assert.True(accepted.Count > 10);
        foreach (var (before, after) in accepted.Zip(accepted.Skip(1)))
            Assert.True(after <= before + Tolerances.SameProduct(Tolerances.AssumedNoise64) * Math.Abs(before), $"{before:g17} to {after:g17}");
    }

    /// <summary>Renumbering hidden units renumbers the gradient and leaves the value: kills anything that depends on the order of parameters.</summary>
    [Fact]
    public void A_permutation_of_units_permutes_the_gradient()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var twin = Disguises.Apply(toy, DisguiseKind.Permute, 5);
        var map = twin.Disguise!;
        var (length, random) = (toy.Model.Parameters.shape[0], new RandomSource(4));
        var (basis, point) = (Subspaces.Random(length, 20, random).Basis(), tensor(random.Gaussians(length)));
        (double Value, double[] Gradient) At(ToyModel model, Tensor eigenspace, Tensor y) => new SphereObjective(
            new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0]), model.Model.Parameters, eigenspace,
            new DenseSubspace(zeros([0, length], dtype: ScalarType.Float64)), 1.7, 0.4).At(y.contiguous().data<double>().ToArray());
        var (plain, permuted) = (At(toy, basis, point), At(twin, map.Apply(basis), map.Apply(point.unsqueeze(0))[0]));
        Assert.False(map.Apply(point.unsqueeze(0))[0].allclose(point));
        var limit = Tolerances.SameProduct(Tolerances.AssumedNoise64) * (1 + Math.Abs(plain.Value));
        Assert.Equal(plain.Value, permuted.Value, limit);
        Assert.True((map.Apply(tensor(plain.Gradient).unsqueeze(0))[0] - tensor(permuted.Gradient)).norm().ToDouble() <= limit * (1 + tensor(plain.Gradient).norm().ToDouble()));
    }

    /// <summary>
    /// Two exactly independent nets at an exact minimum (their own outputs are the targets): a search in one net's eigenvectors, with a soft complement that
    /// could go anywhere, leaves the other one where it is, to the bit. Kills a complement that is moved by anything but its gradient.
    /// </summary>
    [Fact]
    public void A_search_in_one_nets_eigenspace_stays_in_that_net()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("direct-sum");
        var (model, data) = (toy.Model, toy.DataSets[0]);
        var own = new DataSet(data.Name, data.Inputs, model.Network.Forward(model.Parameters, data.Inputs));
        var landscape = new LossLandscape(model.Network, model.Loss, own);
        using var hessian = landscape.Hessian(model.Parameters);
        var block = toy.Truth.Subnetworks[0].Subspace;
        var pairs = new DenseEigensolver().Solve(hessian, new EigenRequest((int)hessian.Dimension));
        var inside = block.Coordinates(pairs.Vectors).square().sum(1).data<double>().ToArray();
        long[] chosen = [.. Enumerable.Range(0, inside.Length).Where(k => inside[k] > 0.999).Take(5).Select(k => (long)k)];
        var rows = pairs.Vectors.index_select(0, tensor(chosen));
        var eigenspace = DenseSubspace.Span(rows - block.ProjectOff(rows)).Basis();
        var nothing = new DenseSubspace(zeros([0, hessian.Dimension], dtype: ScalarType.Float64));
        var objective = new SphereObjective(landscape, model.Parameters, eigenspace, nothing, 0.5 * model.Parameters.norm().ToDouble(), 0.3 * pairs.Values[0]);
        var start = tensor(new RandomSource(6).Gaussians(eigenspace.shape[0])).matmul(eigenspace);
        var end = new LBfgs(new LBfgsOptions(GradientTolerance: 0, MostIterations: 30)).Minimise(objective.At, start.contiguous().data<double>().ToArray());
        var displacement = objective.Displacement(end.Point);
        Assert.True(displacement.norm().ToDouble() > 0);
        Assert.True(block.ProjectOff(displacement.unsqueeze(0)).norm().ToDouble() <= Tolerances.OnSphere * displacement.norm().ToDouble());
    }

    private sealed class Each(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}

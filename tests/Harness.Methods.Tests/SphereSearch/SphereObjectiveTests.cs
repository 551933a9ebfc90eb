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
}

using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>
/// What every search keeps, as checks that faulty searches fail: a centre that moves, a complement whose penalty pushes half as hard as it costs, a frozen
/// subspace that is only forgotten. Each check passes on the search as it is.
/// </summary>
public sealed class SphereMutantTests
{
    private const int Eigenvectors = 12;

    private readonly ToyModel _toy = ToyModelCatalog.Create("modular-addition-chunked");

    private delegate (double Value, double[] Gradient) Objective(double[] point);

    /// <summary>The published code's fault: after the first radius it goes on from where it is.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void The_centre_stays(bool moves, bool passes)
    {
        using var scope = NewDisposeScope();
        var (eigenspace, nothing) = (Basis(Eigenvectors), Nothing());
        var (point, center, kept) = (new RandomSource(1).Gaussians(Length), Theta, true);
        foreach (var radius in new[] { 1.0, 2.0 })
        {
            var objective = new SphereObjective(Landscape, center, eigenspace, nothing, radius, 1);
            point = Steps(objective.At, point);
            var parameters = center + objective.Displacement(point);
            var inside = eigenspace.matmul(parameters - Theta).norm().ToDouble();
            kept &= Math.Abs(inside - radius) <= Tolerances.OnSphere * radius;
            if (moves)
                center = parameters;
        }
        Assert.Equal(passes, kept);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0.5, false)]
    public void The_penalty_pushes_as_hard_as_it_costs(double push, bool passes)
    {
        using var scope = NewDisposeScope();
        var (eigenspace, penalty) = (Basis(Eigenvectors), 2.0);
        var objective = new SphereObjective(Landscape, Theta, eigenspace, Nothing(), 1.5, penalty);
        var random = new RandomSource(2);
        var (point, along) = (random.Gaussians(Length), random.Gaussians(Length));
        double[] At(double step) => [.. point.Zip(along, (at, direction) => at + step * direction)];
        var y = tensor(point);
        var outside = y - eigenspace.matmul(y).matmul(eigenspace);
        // The gradient of a penalty that pushes less: what is missing is (1 − push)·2λo·q.
        var gradient = tensor(objective.At(point).Gradient) - (1 - push) * 2 * penalty * outside;
        var slope = (objective.At(At(Tolerances.DifferenceStep)).Value - objective.At(At(-Tolerances.DifferenceStep)).Value) / (2 * Tolerances.DifferenceStep);
        var claimed = gradient.dot(tensor(along)).ToDouble();
        Assert.Equal(passes, Math.Abs(slope - claimed) <= Tolerances.CentralDifference * (1 + Math.Abs(slope) + Math.Abs(objective.At(point).Value)));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void What_is_frozen_stays(bool forgotten, bool passes)
    {
        using var scope = NewDisposeScope();
        var basis = Basis(Eigenvectors + 5);
        var frozen = new DenseSubspace(basis.narrow(0, Eigenvectors, 5).clone());
        var objective = new SphereObjective(Landscape, Theta, basis.narrow(0, 0, Eigenvectors).clone(), forgotten ? Nothing() : frozen, 1.5, 1);
        var displacement = objective.Displacement(Steps(objective.At, new RandomSource(3).Gaussians(Length)));
        Assert.Equal(passes, frozen.Coordinates(displacement.unsqueeze(0)).norm().ToDouble() <= Tolerances.OnSphere * 1.5);
    }

    private long Length => _toy.Model.Network.Layout.Length;

    private Tensor Theta => _toy.Model.Parameters;

    private LossLandscape Landscape => new(_toy.Model.Network, _toy.Model.Loss, _toy.DataSets[0]);

    private Tensor Basis(int count) => Subspaces.Random(Length, count, new RandomSource(7)).Basis();

    private DenseSubspace Nothing() => new(zeros([0, Length], dtype: ScalarType.Float64));

    private static double[] Steps(Objective objective, double[] point) =>
        new LBfgs(new LBfgsOptions(GradientTolerance: 0, MostIterations: 5)).Minimise(at => objective(at), point).Point;
}

using FsCheck;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

public class FactoredSensitivityTests
{
    /// <summary>Kills: F and Fᵀ confused, directions that are not unit vectors, eigenvalues ascending, a count above the rank that runs off the end.</summary>
    [Property(MaxTest = 60, QuietOnSuccess = true)]
    public void It_is_the_matrix_that_it_stands_for(PositiveInt rows, PositiveInt columns, int seed)
    {
        using var scope = NewDisposeScope();
        var (q, r) = (rows.Get % 7 + 1, columns.Get % 12 + 1);
        var random = new RandomSource((ulong)seed);
        var factor = tensor(random.Gaussians(q * r), [q, r]);
        using var factored = new FactoredSensitivity(factor);
        using var dense = new DenseSensitivity(factor.t().matmul(factor));
        var limit = Tolerances.SameOutputs * dense.Trace;
        Assert.Equal(r, factored.Dimension);
        Assert.Equal(dense.Trace, factored.Trace, limit);
        for (var count = 0; count <= r; count++)
        {
            Assert.Equal(dense.TopSum(count), factored.TopSum(count), limit);
            var top = factored.TopDirections(count);
            Assert.Equal(Math.Min(count, Math.Min(q, r)), top.shape[0]);
            Assert.Equal(factored.TopSum(count), dense.Captured(top), limit);
            Assert.Equal(0, (top.matmul(top.t()) - eye(top.shape[0], top.shape[0], float64)).norm().ToDouble(), top.shape[0] * Tolerances.Orthonormality(r, r));
        }
        var coordinates = tensor(random.Gaussians(3 * r), [3, r]);
        Assert.Equal(dense.Captured(coordinates), factored.Captured(coordinates), limit * coordinates.square().sum().ToDouble());
        long[] positions = [.. Enumerable.Range(0, r).Where(k => k % 2 == 0).Select(k => (long)k)];
        Assert.Equal(dense.CapturedAt(positions), factored.CapturedAt(positions), limit);
    }

    /// <summary>Kills: a mean over rows instead of inputs, gradients of the wrong output, coordinates of another subspace.</summary>
    [Property(MaxTest = 40, QuietOnSuccess = true, Arbitrary = [typeof(PlantSpecs)])]
    public void Both_routes_measure_the_same_mean_over_inputs(PlantSpec spec)
    {
        using var scope = NewDisposeScope();
        var model = new RandomPlant(spec with { Disguise = MapForm.None }).Model;
        foreach (var planted in model.Truth.Subnetworks)
        {
            var set = model.DataSets[0];
            var active = new[] { new ActiveInputs(set, [.. planted.Activity[set.Name].Index().Where(one => one.Item).Select(one => (long)one.Index)]) };
            var factor = SensitivityMeasurement.Factor(model.Model, active, planted.Subspace);
            var matrix = SensitivityMeasurement.Matrix(model.Model, active, planted.Subspace.Basis());
            Assert.Equal(0, (factor.t().matmul(factor) - matrix).norm().ToDouble(), Tolerances.SameOutputs * matrix.norm().ToDouble());
        }
    }

    [Fact]
    public void What_moves_no_output_is_refused()
    {
        using var scope = NewDisposeScope();
        var exception = Assert.Throws<ArgumentException>(() => new FactoredSensitivity(zeros(2, 3, float64)));
        Assert.Equal("A planted subnetwork must move the outputs, but the trace of its sensitivity is 0.", exception.Message);
    }
}

using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Identities that the loss and its gradient satisfy on any network. For the Hessian see <see cref="HessianProperties"/>.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class LandscapeProperties
{
    private const double Noise = Tolerances.AssumedNoise64;

    /// <summary>Kills: unweighted mean over batches, last batch dropped, batch weights by count instead of by sample weight.</summary>
    [Property]
    public void How_samples_are_batched_changes_nothing(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var (whole, batched) = (problem.Landscape(), problem.Landscape(spec.Batch));
        var limit = Tolerances.SameProduct(Noise);
        var value = whole.Value(problem.Parameters);
        Assert.True(Math.Abs(value - batched.Value(problem.Parameters)) <= limit * Math.Max(1, Math.Abs(value)));
        var gradient = whole.Gradient(problem.Parameters);
        Expect.Close(gradient, batched.Gradient(problem.Parameters), limit * Math.Max(1, gradient.norm().ToDouble()));
        Expect.Close(whole.Outputs(problem.Parameters), batched.Outputs(problem.Parameters), limit * Math.Max(1, whole.Outputs(problem.Parameters).abs().max().ToDouble()));
    }

    /// <summary>Kills: gradient of a sum instead of a mean, missing ½, a detached factor, a float32 detour.</summary>
    [Property]
    public void The_gradient_matches_the_value_on_smooth_networks(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec.ToSmooth());
        var landscape = problem.Landscape(spec.Batch);
        var directions = tensor(new RandomSource((ulong)spec.Seed, 11).Gaussians(4 * landscape.Dimension), [4, landscape.Dimension]);
        directions /= directions.norm(1, true);
        var gradient = landscape.Gradient(problem.Parameters);
        Expect.None(TaylorChecks.Gradient(landscape.Value, gradient, problem.Parameters, directions));
    }

    /// <summary>Kills: weight decay once per batch, without its ½, or missing from the value or the gradient.</summary>
    [Property]
    public void Weight_decay_shifts_value_and_gradient(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { WeightDecay = 0 });
        var theta = problem.Parameters;
        var plain = problem.Landscape(spec.Batch);
        var decayed = (problem with { Loss = problem.Loss with { WeightDecay = 0.37 } }).Landscape(spec.Batch);
        var limit = 2 * Noise * Math.Max(1, plain.Gradient(theta).norm().ToDouble() + plain.Value(theta));
        Assert.True(Math.Abs(decayed.Value(theta) - plain.Value(theta) - 0.185 * theta.dot(theta).ToDouble()) <= limit);
        Expect.Close(plain.Gradient(theta) + 0.37 * theta, decayed.Gradient(theta), limit);
    }

    /// <summary>Kills: weights normalised by the count, weights ignored in the value or the gradient.</summary>
    [Property]
    public void An_integer_weight_is_a_repeated_sample(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { IsWeighted = false });
        var random = new RandomSource((ulong)spec.Seed, 12);
        long[] counts = [.. Enumerable.Range(0, spec.Samples).Select(i => (long)(i == 0 ? 1 : random.NextInt32(3)))];
        var index = tensor(counts.SelectMany((count, i) => Enumerable.Repeat((long)i, (int)count)).ToArray());
        var weighted = problem with { Data = new DataSet("w", problem.Data.Inputs, problem.Data.Targets, tensor(counts.Select(count => 2.5 * count).ToArray())) };
        var repeated = problem with { Data = new DataSet("r", problem.Data.Inputs.index_select(0, index), problem.Data.Targets.index_select(0, index)) };
        var (left, right) = (weighted.Landscape(spec.Batch), repeated.Landscape(spec.Batch));
        var gradient = right.Gradient(problem.Parameters);
        Expect.Close(gradient, left.Gradient(problem.Parameters), Tolerances.SameProduct(Noise) * Math.Max(1, gradient.norm().ToDouble()));
        Assert.Equal(right.Value(problem.Parameters), left.Value(problem.Parameters), Tolerances.SameProduct(Noise) * Math.Max(1, right.Value(problem.Parameters)));
    }

    /// <summary>Kills: wrong offset or order in flatten, a row-major layout read as column-major.</summary>
    [Property]
    public void Renaming_and_reordering_tensors_only_reorders_entries(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var layout = problem.Network.Layout;
        int[] order = new RandomSource((ulong)spec.Seed, 13).Permutation(layout.Count);
        var shuffled = new Network(
            new ParameterLayout(order.Select(i => (layout[i].Name, layout[i].ShapeArray()))), problem.Network.Operations, problem.Network.Output);
        var map = new MonomialMap(
            [.. order.SelectMany(i => Enumerable.Range(0, (int)layout[i].Length).Select(j => layout[i].Offset + j))],
            [.. Enumerable.Repeat(1.0, (int)layout.Length)]);
        var moved = problem with { Network = shuffled, Parameters = map.Apply(problem.Parameters.unsqueeze(0))[0] };
        var (left, right) = (problem.Landscape(), moved.Landscape());
        Assert.Equal(left.Value(problem.Parameters), right.Value(moved.Parameters), Tolerances.SameProduct(Noise) * Math.Max(1, left.Value(problem.Parameters)));
        var probe = tensor(new RandomSource((ulong)spec.Seed, 14).Gaussians(layout.Length)).unsqueeze(0);
        using var h = left.Hessian(problem.Parameters);
        using var shuffledH = right.Hessian(moved.Parameters);
        var expected = map.Apply(h.Multiply(probe));
        Expect.Close(expected, shuffledH.Multiply(map.Apply(probe)), Tolerances.SameProduct(Noise) * Math.Max(1, expected.norm().ToDouble()));
    }
}

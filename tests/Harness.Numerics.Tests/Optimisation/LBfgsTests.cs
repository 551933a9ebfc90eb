using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Models;

namespace Harness.Numerics.Tests;

/// <summary>½(x − x*)ᵀA(x − x*) with n eigenvalues from 1 up to the condition number, Flat of them replaced by 0, in a basis of reflections.</summary>
public sealed record QuadraticSpec(int Dimension, int Flat, double Condition, int Memory, int Seed);

public class LBfgsTests
{
    public static Arbitrary<QuadraticSpec> Quadratics() => Arb.From(
        from n in Gen.Choose(1, 30)
        from flat in Gen.Choose(0, n - 1)
        from decades in Gen.Choose(0, 4)
        from memory in Gen.Choose(1, 20)
        from seed in Gen.Choose(0, 1_000_000)
        select new QuadraticSpec(n, flat, Math.Pow(10, decades), memory, seed));

    /// <summary>
    /// Converges on quadratics of any rank, and leaves what the function does not see where it was: kills steps out of the span of the gradients.
    /// </summary>
    [Property(Arbitrary = [typeof(LBfgsTests)])]
    public void Quadratics_are_minimised_and_flat_directions_left_alone(QuadraticSpec spec)
    {
        var (quadratic, start, isFlat) = Build(spec);
        var result = new LBfgs(new LBfgsOptions(1e-8, 5000, spec.Memory)).Minimise(quadratic.Evaluate, start);
        Assert.Equal(LBfgsEnd.Converged, result.End);
        var (before, after) = (quadratic.Coordinates(start), quadratic.Coordinates(result.Point));
        for (var i = 0; i < spec.Dimension; i++)
            if (isFlat[i])
                // Every step adds roundoff of the size of the steps.
                Assert.InRange(Math.Abs(after[i] - before[i]), 0, 1e-9);
            else
                Assert.InRange(Math.Abs(after[i]), 0, 1.01e-8);
    }

    /// <summary>The classic valley in 2 and 10 dimensions, from its standard start.</summary>
    [Theory]
    [InlineData(2, 60)]
    [InlineData(10, 120)]
    public void Rosenbrock_is_minimised(int n, int mostIterations)
    {
        var start = Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1).ToArray();
        var result = new LBfgs(new LBfgsOptions(1e-10, mostIterations)).Minimise(Rosenbrock, start);
        Assert.Equal(LBfgsEnd.Converged, result.End);
        Assert.True(result.Point.All(x => Math.Abs(x - 1) < 1e-8), string.Join(" ", result.Point));
        Assert.True(result.Evaluations < 3 * result.Iterations, $"{result.Evaluations} evaluations, {result.Iterations} iterations");
    }

    /// <summary>
    /// Mutant: steepest descent, which is what remains when the memory is never used. It is nowhere near after twice as many steps.
    /// </summary>
    [Fact]
    public void Remembered_curvature_is_what_makes_it_fast()
    {
        var (quadratic, start, _) = Build(new QuadraticSpec(20, 0, 1e4, 20, 5));
        var result = new LBfgs(new LBfgsOptions(1e-8, 5000)).Minimise(quadratic.Evaluate, start);
        var point = start;
        for (var step = 0; step < 2 * result.Iterations; step++)
            point = Vectors.Moved(point, quadratic.Evaluate(point).Gradient, -1e-4);
        Assert.InRange(result.Iterations, 1, 800);
        Assert.True(Vectors.Norm(quadratic.Evaluate(point).Gradient) > 1e3 * result.GradientNorm);
    }

    /// <summary>
    /// The two-loop recursion against the matrix it stands for: with all pairs of a quadratic, H y = s for the newest pair. Mutants: loops in the wrong
    /// order, pairs exchanged.
    /// </summary>
    [Fact]
    public void The_direction_satisfies_the_secant_equation()
    {
        var random = new RandomSource(7);
        var memory = new CurvatureMemory(5);
        (double[] Step, double[] Change) last = ([], []);
        for (var pair = 0; pair < 4; pair++)
        {
            double[] step = random.Gaussians(6), change = [.. step.Select((s, i) => s * (i + 1))];
            memory.Add(step, change);
            last = (step, change);
        }
        var direction = memory.Direction(last.Change);
        for (var i = 0; i < 6; i++)
            Assert.Equal(-last.Step[i], direction[i], 12);
    }

    /// <summary>
    /// With exact steps the recursion is conjugate gradients: n variables, n steps, whatever the condition. Kills any slip in the recursion that only
    /// costs speed: wrong weights, a pair dropped or used twice.
    /// </summary>
    [Property(Arbitrary = [typeof(LBfgsTests)])]
    public void With_exact_steps_n_variables_take_n_steps(QuadraticSpec spec)
    {
        var (quadratic, point, _) = Build(spec with { Dimension = Math.Min(spec.Dimension, 8), Flat = 0, Condition = 100 });
        var memory = new CurvatureMemory(8);
        var gradient = quadratic.Evaluate(point).Gradient;
        var first = Vectors.Norm(gradient);
        for (var step = 0; step < Math.Min(spec.Dimension, 8) && Vectors.Norm(gradient) > 0; step++)
        {
            var direction = memory.Direction(gradient);
            // A d = ∇f(x + d) − ∇f(x) on a quadratic.
            var change = Vectors.Difference(quadratic.Evaluate(Vectors.Moved(point, direction, 1)).Gradient, gradient);
            var next = Vectors.Moved(point, direction, -Vectors.Dot(gradient, direction) / Vectors.Dot(direction, change));
            var there = quadratic.Evaluate(next).Gradient;
            memory.Add(Vectors.Difference(next, point), Vectors.Difference(there, gradient));
            (point, gradient) = (next, there);
        }
        Assert.InRange(Vectors.Norm(gradient), 0, 1e-6 * first);
    }

    /// <summary>A pair with sᵀy ≤ 0 would turn descent into ascent.</summary>
    [Fact]
    public void Pairs_of_negative_curvature_are_not_remembered()
    {
        var memory = new CurvatureMemory(5);
        memory.Add([1, 0], [-1, 0]);
        Assert.Equal(0, memory.Count);
    }

    /// <summary>Goes on where values no longer tell points apart and slopes still do; kills the textbook decrease condition alone.</summary>
    [Fact]
    public void It_converges_below_the_roundoff_of_values()
    {
        static (double, double[]) Function(double[] x) => (1e6 + x[0] * x[0] + 10 * x[1] * x[1], [2 * x[0], 20 * x[1]]);
        Assert.Equal(LBfgsEnd.Converged, new LBfgs(new LBfgsOptions(1e-12)).Minimise(Function, [1, 1]).End);
    }

    [Fact]
    public void An_end_is_told()
    {
        Assert.Equal(LBfgsEnd.IterationLimit, new LBfgs(new LBfgsOptions(1e-10, 3)).Minimise(Rosenbrock, [-1.2, 1]).End);
        var endless = new LBfgs().Minimise(x => (-x[0], [-1.0]), [0]);
        Assert.Equal((LBfgsEnd.LineSearchStalled, 0), (endless.End, endless.Iterations));
        var still = new LBfgs().Minimise(x => (0, [0.0]), [3]);
        Assert.Equal((LBfgsEnd.Converged, 0, 1, 3.0), (still.End, still.Iterations, still.Evaluations, still.Point[0]));
    }

    [Fact]
    public void The_start_is_left_alone()
    {
        double[] start = [-1.2, 1];
        new LBfgs().Minimise(Rosenbrock, start);
        Assert.Equal([-1.2, 1], start);
    }

    [Fact]
    public void Senseless_questions_are_errors()
    {
        var solver = new LBfgs();
        Assert.StartsWith(
            "The function is not finite at the start: value NaN, gradient norm 1.",
            Assert.Throws<ArgumentException>(() => solver.Minimise(_ => (double.NaN, [1.0]), [0])).Message);
        Assert.StartsWith(
            "The gradient of 2 variables has 1 entries.", Assert.Throws<ArgumentException>(() => solver.Minimise(_ => (0, [1.0]), [0, 0])).Message);
        Assert.StartsWith("There is nothing to minimise over.", Assert.Throws<ArgumentException>(() => solver.Minimise(_ => (0, []), [])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LBfgs(new LBfgsOptions(double.NaN)).Minimise(Rosenbrock, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LBfgs(new LBfgsOptions(Memory: 0)).Minimise(Rosenbrock, [0, 0]));
        Assert.Throws<OperationCanceledException>(() => solver.Minimise(Rosenbrock, [0, 0], null, new CancellationToken(true)));
    }

    private static (double, double[]) Rosenbrock(double[] x)
    {
        var (value, gradient) = (0.0, new double[x.Length]);
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var (bend, rest) = (x[i + 1] - x[i] * x[i], 1 - x[i]);
            value += 100 * bend * bend + rest * rest;
            gradient[i] += -400 * x[i] * bend - 2 * rest;
            gradient[i + 1] += 200 * bend;
        }
        return (value, gradient);
    }

    private static (Quadratic Function, double[] Start, bool[] IsFlat) Build(QuadraticSpec spec)
    {
        var random = new RandomSource((ulong)spec.Seed);
        var n = spec.Dimension;
        var values = Enumerable.Range(0, n).Select(i => i < spec.Flat ? 0 : Math.Pow(spec.Condition, random.NextDouble())).ToArray();
        return (new Quadratic(values, random.Gaussians(n), random.Gaussians(n)), random.Gaussians(n), [.. values.Select(value => value == 0)]);
    }

    /// <summary>½ Σ λ_i c_i(x)², with c the coordinates of x − x* after a Householder reflection.</summary>
    private sealed record Quadratic(double[] Values, double[] Minimum, double[] Mirror)
    {
        internal double[] Coordinates(double[] x) => Reflect(Vectors.Difference(x, Minimum));

        internal (double Value, double[] Gradient) Evaluate(double[] x)
        {
            var coordinates = Coordinates(x);
            return (
                coordinates.Select((c, i) => Values[i] * c * c / 2).Sum(),
                Reflect([.. coordinates.Select((c, i) => Values[i] * c)]));
        }

        private double[] Reflect(double[] vector) => Vectors.Moved(vector, Mirror, -2 * Vectors.Dot(vector, Mirror) / Vectors.Dot(Mirror, Mirror));
    }
}

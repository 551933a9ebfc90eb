using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Validity;

/// <summary>How far the second order holds, where it is known.</summary>
[Properties(Arbitrary = [typeof(Specs), typeof(ValidityProperties)], MaxTest = 30, QuietOnSuccess = true)]
public class ValidityProperties
{
    private const double Noise = Tolerances.AssumedNoise64;

    /// <summary>A polynomial or a set of kinks: sizes as powers of ten, and a seed.</summary>
    public sealed record Shape(double Value, double Cubic, double Quartic, double Kink, int Samples, int Seed);

    public static Arbitrary<Shape> Shapes() => Arb.From(
        from sign in Gen.Elements(-1.0, 1)
        from value in Gen.Choose(-80, 80)
        from cubic in Gen.Choose(-30, 30)
        from quartic in Gen.Choose(-20, 60)
        from quarticSign in Gen.Elements(-1.0, 1)
        from kink in Gen.Choose(-50, -1)
        from samples in Gen.Choose(1, 20)
        from seed in Gen.Choose(0, 1_000_000)
        let λ = sign * Math.Pow(10, value / 10.0)
        select new Shape(λ, λ * cubic / 3, quarticSign * Math.Abs(λ) * Math.Pow(10, quartic / 10.0), Math.Pow(10, kink / 10.0), samples, seed));

    /// <summary>Kills: a one-sided difference, a factor applied to one side only, a step in other units, an absolute deviation.</summary>
    [Property]
    public void A_quartic_holds_up_to_its_closed_form(Shape shape) =>
        Expect.None(ValidityChecks.Quartic(Measure, shape.Value, shape.Cubic, shape.Quartic));

    /// <summary>Kills: a scan that starts beyond the kink, one that leaps over it.</summary>
    [Property]
    public void A_kink_at_a_known_distance_ends_it_there(Shape shape) =>
        Expect.None(ValidityChecks.Kink(Measure, shape.Value, shape.Kink, shape.Value * 40));

    /// <summary>Kills: gates counted on one side, on the first batch only, units that do not flip counted as flipped.</summary>
    [Property]
    public void The_gates_that_flip_are_those_whose_kink_is_nearer(Shape shape)
    {
        using var scope = NewDisposeScope();
        var kinks = PlantedKinks.Create(shape.Samples, shape.Seed);
        using var hessian = kinks.Hessian();
        Expect.None(ValidityChecks.Gates(kinks, Measure(hessian)));
    }

    /// <summary>Kills: an absolute tolerance anywhere in the scan.</summary>
    [Property]
    public void The_scale_of_the_loss_changes_nothing(Shape shape)
    {
        var (polynomial, scale) = (new Polynomial(shape.Value, shape.Cubic, shape.Quartic), Math.ScaleB(1, shape.Seed % 400 - 200));
        Assert.Equal(polynomial.Radius(), (polynomial with { Scale = scale }).Radius());
    }

    /// <summary>Kills: a noise floor so low that rounding passes for a kink, gates where there are none.</summary>
    [Property(MaxTest = 10)]
    public void A_quadratic_loss_holds_everywhere(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Family = NetworkFamily.Mlp, Layers = 0, Loss = LossKind.MeanSquaredError });
        using var hessian = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        var pairs = new DenseEigensolver().Solve(hessian, new EigenRequest(4));
        var validity = pairs.MeasureValidity();
        Assert.Equal(problem.Parameters.norm().ToDouble(), validity.Reach);
        for (var i = 0; i < pairs.Count; i++)
        {
            var isZero = Math.Abs(pairs.Values[i]) <= pairs.ZeroLevel;
            var radius = validity.Radii![i];
            // Just above the zero level the slopes' own rounding may drown it.
            if (radius.Outcome == ValidityOutcome.Unmeasurable && Math.Abs(pairs.Values[i]) < 1e4 * pairs.ZeroLevel)
                continue;
            Assert.Equal((isZero ? ValidityOutcome.ZeroEigenvalue : ValidityOutcome.Held, isZero ? null : validity.Reach), (radius.Outcome, radius.Radius));
            Assert.Equal(new GateFlips(0, 0), radius.Flips);
        }
    }

    /// <summary>
    /// Second differences of the loss itself, which the scan never looks at, at steps up to the radius. Kills: a radius of one direction given to
    /// another, a cap beyond which nobody looked, a gradient of something else than the loss.
    /// </summary>
    [Property(MaxTest = 15)]
    public void Second_differences_of_the_loss_stay_within_the_factor(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var landscape = problem.Landscape(spec.Batch);
        using var hessian = landscape.Hessian(problem.Parameters);
        var pairs = new DenseEigensolver().Solve(hessian, new EigenRequest(3, SpectrumEnd.Magnitude));
        var radii = pairs.MeasureValidity().Radii!;
        var here = landscape.Value(problem.Parameters);
        for (var i = 0; i < pairs.Count; i++)
            foreach (var step in new[] { 1, 0.7, 0.3 }.Select(share => share * radii[i].Radius ?? 0))
            {
                double Value(double t) => landscape.Value(problem.Parameters + pairs.Vectors[i] * t);
                var (there, back) = (Value(step), Value(-step));
                var error = 4 * Noise * Math.Max(here, Math.Max(there, back)) / (step * step * Math.Abs(pairs.Values[i]));
                if (step == 0 || error > Tolerances.ValidityNoise)
                    continue;
                var ratio = (there - 2 * here + back) / (step * step * pairs.Values[i]);
                Assert.InRange(ratio, 1 / Tolerances.ValidityFactor - error - Tolerances.ValidityNoise, Tolerances.ValidityFactor + error + Tolerances.ValidityNoise);
            }
    }

    /// <summary>
    /// <c>(φ(h) − φ(−h))/2h = vᵀAv</c> for every operator that knows its function. Kills: a layer embedded at a wrong offset, a shift or a coefficient left
    /// out, a function in the precision of the products.
    /// </summary>
    [Property]
    public void An_operator_and_its_function_belong_together(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Activation = spec.IsSmooth ? spec.Activation : Activation.Silu });
        using var hessian = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        using var rounded = problem.Landscape(spec.Batch, ScalarType.Float32).Hessian(problem.Parameters);
        var layout = problem.Network.Layout;
        ISymmetricOperator[] operators =
        [
            hessian, rounded, new LayerOperator(hessian, layout, [layout[layout.Count - 1].Name]), new ShiftedOperator(hessian, -2.5),
            ProjectedOperator.OffGradient(hessian, ones(layout.Length, ScalarType.Float64)), new CountingOperator(hessian),
            new SumOperator((2, hessian), (-0.5, new ShiftedOperator(hessian, 1))),
        ];
        foreach (var op in operators)
        {
            var direction = tensor(new RandomSource((ulong)spec.Seed, 3).Gaussians(op.Dimension));
            direction /= direction.norm();
            const double Step = 1e-5;
            var difference = (op.Function!.Slope(direction, Step) - op.Function.Slope(direction, -Step)) / (2 * Step);
            var product = op.Reference.Multiply(direction.unsqueeze(0))[0];
            // The third-order remainder of networks of this size, and the rounding of slopes of order one.
            Assert.InRange(difference - product.dot(direction).ToDouble(), -1e-4 * (1 + product.norm().ToDouble()), 1e-4 * (1 + product.norm().ToDouble()));
        }
    }

    private static ValidityRadius Measure(ISymmetricOperator op)
    {
        using var scope = NewDisposeScope();
        return new DenseEigensolver().Solve(op, new EigenRequest(1, SpectrumEnd.Magnitude)).MeasureValidity().Radii![0];
    }
}

using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Models;

namespace Harness.Numerics.Tests;

/// <summary>A smooth function of one variable, falling at 0 and bounded below: a parabola plus waves, rebuilt from its seed.</summary>
public sealed record LineSpec(int Waves, double FirstStep, int Seed);

public class StrongWolfeTests
{
    public static Arbitrary<LineSpec> Lines() => Arb.From(
        from waves in Gen.Choose(0, 4)
        from exponent in Gen.Choose(-8, 8)
        from seed in Gen.Choose(0, 1_000_000)
        select new LineSpec(waves, Math.Pow(2, exponent), seed));

    /// <summary>The length found satisfies both conditions and is the one evaluated last, from first steps 2⁻⁸ to 2⁸.</summary>
    [Property(Arbitrary = [typeof(StrongWolfeTests)])]
    public void The_length_satisfies_the_strong_Wolfe_conditions(LineSpec spec) => Assert.Empty(Violations(spec, StrongWolfe.Search));

    /// <summary>Mutant: halving until the value has fallen enough. It accepts steps on which the slope is as steep as before.</summary>
    [Fact]
    public void Backtracking_is_told_apart()
    {
        static double? Backtrack(Func<double, (double Value, double Slope)> along, double value, double slope, double first)
        {
            for (var length = first; length > 1e-12; length /= 2)
                if (along(length).Value <= value + StrongWolfe.Decrease * length * slope)
                    return length;
            return null;
        }

        Assert.Contains("curvature", Violations(new LineSpec(0, 1.0 / 256, 1), Backtrack));
    }

    /// <summary>Mutant: growing until the slope has flattened, whatever the value. It walks over a hill into a shallower valley.</summary>
    [Fact]
    public void Flatness_alone_is_told_apart()
    {
        static double? Flattest(Func<double, (double Value, double Slope)> along, double value, double slope, double first)
        {
            for (var length = first; length < 1e3; length *= 1.5)
                if (Math.Abs(along(length).Slope) <= StrongWolfe.Curvature * -slope)
                    return length;
            return null;
        }

        Assert.Contains(Enumerable.Range(0, 50), seed => Violations(new LineSpec(4, 4, seed), Flattest).Contains("decrease"));
    }

    [Fact]
    public void A_function_that_falls_for_ever_has_no_step() => Assert.Null(StrongWolfe.Search(length => (-length, -1), 0, -1, 1));

    [Fact]
    public void A_direction_that_does_not_fall_has_no_step() => Assert.Null(StrongWolfe.Search(length => (length * length, 2 * length), 0, 0, 1));

    /// <summary>Kills a search that takes infinity or NaN for a value: −log(1 − a) exists below 1 only.</summary>
    [Fact]
    public void A_step_out_of_the_domain_is_too_long()
    {
        // φ(a) = −2a − log(1 − a): its minimum is at ½.
        var length = StrongWolfe.Search(a => (-2 * a - Math.Log(1 - a), -2 + 1 / (1 - a)), 0, -1, 10);
        Assert.InRange(length!.Value, 0.01, 0.99);
    }

    private static List<string> Violations(LineSpec spec, Func<Func<double, (double, double)>, double, double, double, double?> search)
    {
        var random = new RandomSource((ulong)spec.Seed);
        var minimum = random.NextDouble(0.5, 3);
        var waves = Enumerable.Range(0, spec.Waves)
            .Select(_ => (Height: random.NextDouble(-1, 1) / 4, Speed: random.NextDouble(1, 6), Phase: random.NextDouble(0, 6))).ToArray();
        (double Value, double Slope) Phi(double a) => (
            (a - minimum) * (a - minimum) + waves.Sum(wave => wave.Height * Math.Sin(wave.Speed * a + wave.Phase)),
            2 * (a - minimum) + waves.Sum(wave => wave.Height * wave.Speed * Math.Cos(wave.Speed * a + wave.Phase)));
        var (value, slope) = Phi(0);
        if (slope >= 0)
            return [];
        var last = double.NaN;
        var found = search(a => Phi(last = a), value, slope, spec.FirstStep);
        if (found is not { } length)
            return ["nothing found"];
        var (there, flat) = Phi(length);
        var violations = new List<string>();
        if (there > value + StrongWolfe.Decrease * length * slope)
            violations.Add("decrease");
        if (Math.Abs(flat) > StrongWolfe.Curvature * -slope)
            violations.Add("curvature");
        if (length != last)
            violations.Add("not the last one evaluated");
        return violations;
    }
}

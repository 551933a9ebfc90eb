using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Harness.Models.Tests.Randomness;

public class RandomSourceTests
{
    /// <summary>The first outputs of the reference implementation's demo (seed 42, stream 54). Kills any slip in constants, shifts or seeding.</summary>
    [Fact]
    public void Reproduces_the_reference_sequence()
    {
        var source = new RandomSource(42, 54);
        uint[] expected = [0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e];
        Assert.Equal(expected, expected.Select(_ => source.NextUInt32()));
    }

    /// <summary>Kills modulo bias and an off-by-one bound: every value below the bound occurs about equally often (χ², 5 σ).</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Bounded_integers_are_uniform(int bound)
    {
        const int Draws = 60_000;
        var source = new RandomSource(1);
        var counts = new int[bound];
        for (var i = 0; i < Draws; i++)
            counts[source.NextInt32(bound)]++;
        var mean = (double)Draws / bound;
        var chiSquare = counts.Sum(count => (count - mean) * (count - mean) / mean);
        Assert.InRange(chiSquare, 0, bound - 1 + 5 * Math.Sqrt(2 * (bound - 1)));
    }

    /// <summary>Kills a Gaussian of the wrong variance, a forgotten spare, and a uniform in its place: four moments within 5 standard errors.</summary>
    [Fact]
    public void Gaussians_have_the_moments_of_a_standard_normal()
    {
        const int Draws = 200_000;
        var values = new RandomSource(3).Gaussians(Draws);
        double Moment(int power) => values.Average(value => Math.Pow(value, power));
        var standardError = 5 / Math.Sqrt(Draws);
        Assert.InRange(Moment(1), -standardError, standardError);
        Assert.InRange(Moment(2) - 1, -standardError * Math.Sqrt(2), standardError * Math.Sqrt(2));
        Assert.InRange(Moment(3), -standardError * Math.Sqrt(15), standardError * Math.Sqrt(15));
        Assert.InRange(Moment(4) - 3, -standardError * Math.Sqrt(96), standardError * Math.Sqrt(96));
    }

    [Property]
    public bool Uniforms_stay_in_the_half_open_interval(ulong seed, ulong stream)
    {
        var source = new RandomSource(seed, stream);
        return Enumerable.Range(0, 100).All(_ => source.NextDouble() is >= 0 and < 1);
    }

    [Property]
    public bool A_permutation_holds_every_index_once(ulong seed, byte count) =>
        new RandomSource(seed).Permutation(count).Order().SequenceEqual(Enumerable.Range(0, count));

    /// <summary>Kills a named stream that ignores its name or its seed.</summary>
    [Fact]
    public void Named_streams_differ_by_name_and_by_seed_and_repeat()
    {
        uint First(ulong seed, string purpose) => RandomSource.Named(seed, purpose).NextUInt32();
        Assert.Equal(First(1, "inputs"), First(1, "inputs"));
        Assert.NotEqual(First(1, "inputs"), First(1, "weights"));
        Assert.NotEqual(First(1, "inputs"), First(2, "inputs"));
    }
}

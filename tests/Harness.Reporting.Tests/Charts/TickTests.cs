using System.Globalization;
using FsCheck.Xunit;

namespace Harness.Reporting.Tests;

public class TickTests
{
    /// <summary>
    /// On any range: at least two ticks, ascending, inside, no two alike, and each label is its number. Kills: labels rounded until two are the same;
    /// ticks that grow by adding up a step and drift; a range so narrow or so far out that none or thousands fit.
    /// </summary>
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void Ticks_are_readable_on_every_range(int lowMantissa, int lowExponent, int widthMantissa, int widthExponent, int target)
    {
        var low = lowMantissa % 1000 / 100.0 * Math.Pow(10, lowExponent % 120);
        var width = (1 + Math.Abs(widthMantissa % 1000)) / 100.0 * Math.Pow(10, widthExponent % 120);
        width = Math.Max(width, Math.Abs(low) * 1e-8);
        foreach (var scale in new[] { AxisScale.Linear, AxisScale.Logarithmic })
        {
            var ends = scale == AxisScale.Linear ? new[] { low, low + width } : [width, width * (1 + Math.Pow(10, lowExponent % 120))];
            var count = 2 + Math.Abs(target % 9);
            var axis = PlotAxis.Of(new Axis("x") { Scale = scale }, ends, needsZero: false, 0, 1000, count)!;
            var ticks = axis.Ticks;
            Assert.InRange(ticks.Count, 2, Math.Max(count + 3, scale == AxisScale.Linear ? 0 : 12));
            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
            Assert.All(ticks, tick => Assert.True(axis.Shows(tick.Value), $"{tick} in {axis.Low} … {axis.High}"));
            Assert.All(ends, end => Assert.InRange(axis.At(end), -1e-3, 1000 + 1e-3));
            Assert.All(ticks, tick => Assert.True(
                Math.Abs(Parse(tick.Label) - tick.Value) <= 1e-6 * Math.Abs(tick.Value) + 1e-9 * (axis.High - axis.Low), $"{tick}"));
        }
    }

    [Theory]
    [InlineData(AxisScale.Linear, 0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(AxisScale.Linear, -3, 17, "−5 0 5 10 15 20")]
    [InlineData(AxisScale.Linear, 0, 3.1e-7, "0 10⁻⁷ 2·10⁻⁷ 3·10⁻⁷ 4·10⁻⁷")]
    [InlineData(AxisScale.Linear, 1e6, 1.0004e6, "10⁶ 1.0001·10⁶ 1.0002·10⁶ 1.0003·10⁶ 1.0004·10⁶")]
    [InlineData(AxisScale.Logarithmic, 1, 1000, "1 10 100 1000")]
    [InlineData(AxisScale.Logarithmic, 2e-9, 3e4, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 1 10² 10⁴")]
    [InlineData(AxisScale.Logarithmic, 0.7, 13, "0.5 1 2 5 10 20")]
    [InlineData(AxisScale.Logarithmic, 1.01, 1.04, "1.010 1.015 1.020 1.025 1.030 1.035 1.040")]
    public void Ticks_are_those_a_person_would_choose(AxisScale scale, double low, double high, string expected)
    {
        var axis = PlotAxis.Of(new Axis("x") { Scale = scale }, [low, high], needsZero: false, 0, 100, 6)!;
        Assert.Equal(expected, string.Join(" ", axis.Ticks.Select(tick => tick.Label)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.25, "−0.25")]
    [InlineData(123456.7, "123457")]
    [InlineData(3.2e-7, "3.2·10⁻⁷")]
    [InlineData(-1e12, "−10¹²")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Numbers_read_as_written(double value, string expected) => Assert.Equal(expected, NumberText.Short(value));

    private static double Parse(string label)
    {
        var plain = string.Concat(label.Select(c =>
            "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : c is '−' or '⁻' ? '-' : c));
        var sign = plain.StartsWith('-') ? -1 : 1;
        plain = plain.TrimStart('-');
        var power = label.IndexOfAny([.. "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"]) - (sign < 0 ? 1 : 0);
        if (power < 0)
            return sign * double.Parse(plain, CultureInfo.InvariantCulture);
        var mantissa = plain[..(power - 2)].TrimEnd('·');
        return sign * double.Parse((mantissa == "" ? "1" : mantissa) + "e" + plain[power..], CultureInfo.InvariantCulture);
    }
}

namespace Harness.Grading;

/// <summary>Student's t distribution with any positive number of degrees of freedom.</summary>
internal static class StudentT
{
    private const int MostTerms = 10_000;

    /// <summary>Below this a factor of the continued fraction would divide by zero.</summary>
    private const double Least = 1e-300;

    /// <summary>
    /// <c>P(T ≥ t) = ½·I_x(ν/2, ½)</c> with <c>x = ν/(ν + t²)</c> for t ≥ 0, and one less of it for t &lt; 0.
    /// </summary>
    /// <param name="t">Any number; ±∞ too.</param>
    /// <param name="freedom">ν > 0.</param>
    internal static double UpperTail(double t, double freedom)
    {
        if (double.IsInfinity(t))
            return t > 0 ? 0 : 1;
        var half = 0.5 * IncompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
        return t >= 0 ? half : 1 - half;
    }

    /// <summary>I_x(a, b), by its continued fraction where that converges fast, else by <c>1 − I_{1−x}(b, a)</c>.</summary>
    /// <remarks>NIST Digital Library of Mathematical Functions, 8.17.22; evaluated by the modified Lentz algorithm.</remarks>
    internal static double IncompleteBeta(double a, double b, double x)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        if (x > (a + 1) / (a + b + 2))
            return 1 - IncompleteBeta(b, a, 1 - x);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        var (value, c, d) = (1.0, 1.0, 0.0);
        for (var term = 0; term < MostTerms; term++)
        {
            var m = term / 2;
            var numerator = term == 0 ? 1
                : term % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + numerator * d);
            c = NotZero(1 + numerator / c);
            value *= c * d;
            if (term > 0 && Math.Abs(c * d - 1) < Numerics.Tolerances.UnitRoundoff64 * 4)
                break;
        }
        return front * (value - 1);
    }

    /// <summary>ln Γ(x) for x > 0: Stirling's series beyond 10, reached by Γ(x + 1) = x·Γ(x).</summary>
    internal static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
            shift -= Math.Log(x);
        var inverse = 1 / (x * x);
        var series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse * (1.0 / 1188 - inverse * 691 / 360360))))) / x;
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }

    private static double NotZero(double value) => Math.Abs(value) < Least ? Least : value;
}

using System.Globalization;

namespace Harness.Reporting;

/// <summary>Numbers as a reader writes them: 0.25, 1234.5, 3.2·10⁻⁷.</summary>
internal static class NumberText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Up to six digits.</summary>
    internal static string Short(double value) => Digits(value, 6);

    /// <summary>Two digits after the point where they are enough, for narrow places.</summary>
    internal static string Brief(double value) => Math.Abs(value) switch
    {
        0 or >= 0.005 and < 99.95 => Signed(value.ToString("0.00", CultureInfo.InvariantCulture)),
        _ => double.IsFinite(value) ? Digits(value, 2) : "–",
    };

    /// <summary>10ⁿ.</summary>
    internal static string Power(int exponent) =>
        (exponent < 0 ? "10⁻" : "10")
        + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));

    /// <summary>A number with so many decimals of its mantissa, in powers of ten.</summary>
    internal static string Scientific(double value, int decimals)
    {
        var text = value.ToString("E" + decimals, CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var (mantissa, exponent) = (text[..split], int.Parse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        if (mantissa.Contains('.', StringComparison.Ordinal))
            mantissa = mantissa.TrimEnd('0').TrimEnd('.');
        var power = exponent == 0 ? "" : Power(exponent);
        return power == "" ? Signed(mantissa) : mantissa is "1" or "-1" ? Signed(mantissa[..^1] + power) : Signed($"{mantissa}·{power}");
    }

    /// <summary>The same text with a true minus sign.</summary>
    internal static string Signed(string text) => text.Replace('-', '−');

    private static string Digits(double value, int digits)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        return value == 0 || Math.Abs(value) is >= 1e-3 and < 1e6
            ? Signed(value.ToString("G" + digits, CultureInfo.InvariantCulture).Contains('E', StringComparison.Ordinal)
                ? value.ToString("0", CultureInfo.InvariantCulture)
                : value.ToString("G" + digits, CultureInfo.InvariantCulture))
            : Scientific(value, digits - 1);
    }
}

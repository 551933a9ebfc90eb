using System.Text.Json;
using FsCheck.Xunit;

namespace Harness.Cli.Tests;

public class JsonDocumentWriterTests
{
    [Fact]
    public void Numbers_that_are_not_finite_are_strings() =>
        Assert.Equal(
            ["NaN", "Infinity", "-Infinity"],
            Write(new { Values = new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity } })
                .GetProperty("values").EnumerateArray().Select(value => value.GetString()!));

    /// <summary>Rejects a writer that rounds: a record that cannot be read back cannot be compared.</summary>
    [Property]
    public bool Finite_numbers_come_back_bit_for_bit(double value) =>
        !double.IsFinite(value)
        || BitConverter.DoubleToInt64Bits(Write(new { Value = value }).GetProperty("value").GetDouble()) == BitConverter.DoubleToInt64Bits(value);

    [Fact]
    public void Absent_is_null() => Assert.Equal(JsonValueKind.Null, Write(new { Bar = (double?)null }).GetProperty("bar").ValueKind);

    private static JsonElement Write(object document)
    {
        using var output = new StringWriter();
        JsonDocumentWriter.Write(output, document);
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}

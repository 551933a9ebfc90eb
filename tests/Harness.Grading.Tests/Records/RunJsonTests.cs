using System.Text.Json;

namespace Harness.Grading.Tests;

/// <summary>Lines of the record as text.</summary>
public class RunJsonTests
{
    private static readonly SchemaValidator s_schema = new(RunJson.JsonSchema());

    /// <summary>Kills: "NaN" written as 0 or null, names in another case, members that are left out.</summary>
    [Fact]
    public void A_case_is_written_as_specified()
    {
        var line = Samples.Case("modular-addition", "builtin:oracle", MethodRole.Method, new CheckValue("recovery.directions")
        {
            Level = CheckLevel.Should, Value = double.NaN, Bar = 0.5, Direction = CheckDirection.Higher, Null = 0, Oracle = 1,
            Ratio = double.NegativeInfinity, Verdict = Verdict.Fail, Reason = "θ* is 'odd'",
        });
        var hash = new string('a', 64);
        Assert.Equal(
            """{"type":"case","key":"modular-addition@0/none|builtin:oracle|00000000|0","kind":"decomposition","role":"method","thetaHash":"HASH","values":[{"check":"recovery.directions","level":"SHOULD","value":"NaN","bar":0.5,"direction":"higher","null":0,"oracle":1,"ratio":"-Infinity","digits":null,"tolerance":null,"verdict":"fail","reason":"θ* is 'odd'"}],"cost":{"seconds":0.5,"gradients":3,"products":null,"peakMemoryMiB":12.5},"replay":"./harness grade"}"""
                .Replace("HASH", hash),
            RunJson.Write(line));
    }

    public static TheoryData<string> Lines =>
    [
        RunJson.Write(Samples.Header),
        RunJson.Write(Samples.Case("control/random-weights/x", "cmd:a | b", MethodRole.Null, new CheckValue("c") { Value = 0.1, Verdict = Verdict.Skipped })),
        RunJson.Write(Samples.Case("graded", "m", MethodRole.Method) with { Cost = new CaseCost(0.5, null, null, 12.5) { GradingSeconds = 0.25 } }),
        RunJson.Write(FooterLine.Of([], true, TimeSpan.FromSeconds(1.5))),
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_kind_of_line_fits_the_schema_and_is_read_back(string line)
    {
        Assert.Empty(s_schema.Errors(line));
        Assert.Equal(line, RunJson.Write(RunJson.Read(line)));
    }

    /// <summary>The validator and the schema must be able to say no.</summary>
    [Theory]
    [InlineData("\"type\":\"case\"", "\"type\":\"cases\"")]
    [InlineData("\"role\":\"null\"", "\"role\":\"nul\"")]
    [InlineData("\"kind\":\"decomposition\",", "")]
    [InlineData("\"verdict\":\"skipped\"", "\"verdict\":\"skip\"")]
    [InlineData("\"value\":0.1", "\"value\":\"0.1\"")]
    [InlineData("\"replay\"", "\"extra\":1,\"replay\"")]
    [InlineData("\"gradients\":3", "\"gradients\":-3")]
    [InlineData("x@0/none|", "x/none|")]
    public void A_line_with_a_fault_does_not_fit(string part, string fault)
    {
        var line = RunJson.Write(Samples.Case("x", "m", MethodRole.Null, new CheckValue("c") { Value = 0.1, Verdict = Verdict.Skipped }));
        Assert.Contains(part, line);
        Assert.NotEmpty(s_schema.Errors(line.Replace(part, fault)));
    }

    [Fact]
    public void Another_schema_is_refused() =>
        Assert.Throws<JsonException>(() => RunJson.Read(RunJson.Write(Samples.Header with { Schema = "run/2" })));
}

using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Bars that a suite sets itself.</summary>
public class SuiteBarTests
{
    private const string Model = "superposition-5-2-untied";

    private static SuiteBar Of(double value, string check = "recovery.components") => new(Model, check, value, "published results reach no more");

    private static GradePlan Plan(params SuiteBar[] bars) => new()
    {
        Models = [Model, "superposition-5-2"], Methods = [GradedMethod.Of(MiniatureCatalog.Get("oracle-noise-50")) with { Role = MethodRole.Method }], Bars = bars,
    };

    /// <summary>The same answer passes one bar and misses another, and the record says whose they are. Kills a bar that is set and not used, or used on another model.</summary>
    [Fact]
    public void It_decides_in_place_of_the_usual_one()
    {
        var (usual, low, high) = (Run(Plan()), Run(Plan(Of(0.5))), Run(Plan(Of(0.99))));
        Assert.Equal((Verdict.Pass, 0.5), (low[0].Verdict!.Value, low[0].Bar!.Value));
        Assert.Equal((Verdict.Fail, 0.99), (high[0].Verdict!.Value, high[0].Bar!.Value));
        Assert.Equal("bar set by the suite: published results reach no more", high[0].Reason);
        Assert.Equal((usual[1].Bar, usual[1].Verdict), (high[1].Bar, high[1].Verdict));
        Assert.Null(usual[0].Reason);
    }

    /// <summary>Kills: a bar that a null clears, tried only on the nulls' average or after hours of methods; one that nothing can pass; a name that means nothing.</summary>
    [Theory]
    [InlineData(0.0, "recovery.components", "reaches", "clears the suite's bar of 0.000")]
    [InlineData(1.01, "recovery.components", "the truth itself has 1.000", "misses the suite's bar of 1.010")]
    [InlineData(0.5, "recovery.tensors", "there is no such check", "there are recovery.directions, recovery.components")]
    public void One_that_a_null_clears_is_refused_before_anything_runs(double value, string check, params string[] said)
    {
        var cases = new List<CaseLine>();
        var error = Assert.Throws<InvalidDataException>(() => new GradeRun(Plan(Of(value, check))).Execute(cases.Add));
        Assert.Empty(cases);
        Assert.All([$"The suite sets a bar for {check} on {Model}@0/none", .. said], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    /// <summary>The refusal names the null, which is the best one of its column.</summary>
    [Fact]
    public void The_refusal_names_bar_and_null()
    {
        var bar = Bar.Set(Of(0.3), 1, [("random", 0.1), ("per-tensor", 0.4)]);
        Assert.Equal((null, "the null 'per-tensor' reaches 0.400 and clears the suite's bar of 0.300"), (bar.Value, bar.Refused));
        Assert.Equal(0.41, Bar.Set(Of(0.41), 1, [("random", 0.1), ("per-tensor", 0.4)]).Value);
    }

    /// <summary>Records of different bars are different cases: none is taken for the other on resuming.</summary>
    [Fact]
    public void A_bar_is_part_of_the_key() => Assert.NotEqual(Plan().OptionsHash(), Plan(Of(0.5)).OptionsHash());

    /// <summary>The suites that come with the program.</summary>
    [Fact]
    public void Every_suite_of_the_program_can_be_built()
    {
        foreach (var suite in Suite.All)
        {
            Assert.All(suite.Bars, bar => Assert.Contains(bar.Model, suite.Models));
            Assert.All(suite.Bars, bar => Assert.NotEmpty(bar.Reason));
            SuiteBars.Check(suite.Plan([]));
        }
    }

    private static List<CheckValue> Run(GradePlan plan)
    {
        using var scope = NewDisposeScope();
        var values = new List<CheckValue>();
        new GradeRun(plan).Execute(line => values.Add(line.Value("recovery.components")!));
        return values;
    }
}

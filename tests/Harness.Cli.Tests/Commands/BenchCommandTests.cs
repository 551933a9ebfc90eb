namespace Harness.Cli.Tests;

public class BenchCommandTests
{
    /// <summary>Times are nobody's pass condition: only what a machine cannot change is asserted. Rejects a table of numbers that nothing measured.</summary>
    [Fact]
    public void It_measures_what_it_says()
    {
        var run = CommandLine.Run("bench", "--model", "direct-sum", "--budget", "1", "--json");
        Assert.Equal(ExitCode.Pass, run.Code);
        var result = Assert.Single(run.Json().GetProperty("results").EnumerateArray());
        var eigen = CommandLine.Run("eigen", "--model", "direct-sum", "--top", "10", "--json").Json();
        Assert.Equal(eigen.GetProperty("parameters").GetInt64(), result.GetProperty("parameters").GetInt64());
        Assert.Equal(eigen.GetProperty("products").GetInt64(), result.GetProperty("products").GetInt64());
        foreach (var part in new[] { "iteration", "sweeps", "certificate", "proof" })
            Assert.Equal(
                part == "proof" ? 0 : eigen.GetProperty("productSplit").GetProperty(part).GetInt64(), result.GetProperty("split").GetProperty(part).GetInt64());
        Assert.True(result.GetProperty("converged").GetBoolean());
        foreach (var name in new[] { "productPerGradient", "halfTheSamples" })
        {
            var spread = result.GetProperty(name);
            Assert.InRange(spread.GetProperty("rounds").GetInt32(), 5, 41);
            Assert.InRange(spread.GetProperty("lower").GetDouble(), 0, spread.GetProperty("median").GetDouble());
            Assert.InRange(spread.GetProperty("median").GetDouble(), 0, spread.GetProperty("upper").GetDouble());
        }
        Assert.InRange(result.GetProperty("memoryProducts").GetInt32(), 10, 1000);
    }

    [Fact]
    public void An_unknown_model_is_a_usage_error() => Assert.Equal(ExitCode.Usage, CommandLine.Run("bench", "--model", "modular").Code);
}

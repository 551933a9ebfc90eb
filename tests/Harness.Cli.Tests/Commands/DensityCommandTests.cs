using System.Text.Json;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli.Tests;

public class DensityCommandTests
{
    private static readonly string[] s_layer = ["density", "--model", "modular-addition", "--tensors", "w_a", "--operator", "ggn", "--probes", "6", "--steps", "30"];

    /// <summary>Against the exact trace of the block, and the curve's own integral. Rejects another operator's density, and a density of the whole.</summary>
    [Fact]
    public void The_density_is_that_of_the_operator_asked_for()
    {
        using var scope = torch.NewDisposeScope();
        var run = CommandLine.Run([.. s_layer, "--json"]);
        var answer = run.Json();
        Assert.Equal(ExitCode.Pass, run.Code);

        var toy = ToyModelCatalog.Create("modular-addition");
        using var ggn = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]).GaussNewton(toy.Model.Parameters);
        var layer = LayerOperator.Matching(ggn, toy.Model.Network.Layout, "w_a");
        var trace = TraceEstimator.Estimate(layer, (int)layer.Dimension);
        var mean = answer.GetProperty("mean");
        Assert.Equal(layer.Dimension, answer.GetProperty("dimension").GetInt64());
        Assert.Equal(0, trace.Trace.StandardError);
        Assert.InRange((mean.GetProperty("value").GetDouble() - trace.Trace.Value / layer.Dimension) / mean.GetProperty("standardError").GetDouble(), -6, 6);

        var (grid, density) = (Numbers(answer, "grid"), Numbers(answer, "density"));
        Assert.Equal(1, density.Sum() * (grid[1] - grid[0]), 1e-6);
        Assert.Equal(grid.Length, Numbers(answer, "standardErrors").Length);
        Assert.Equal(6 * 30, answer.GetProperty("products").GetInt64());
    }

    [Fact]
    public void The_document_has_every_field()
    {
        var answer = CommandLine.Run([.. s_layer, "--json", "--dtype", "float32"]).Json();
        string[] fields =
        [
            "model", "modelSeed", "seed", "disguise", "data", "parameters", "dimension", "samples", "operator", "tensors", "dtype", "device", "threads",
            "probes", "steps", "grid", "density", "standardErrors", "width", "mean", "meanSquare", "lowestNode", "highestNode", "products", "seconds",
            "peakMemoryMiB",
        ];
        Assert.All(fields, field => Assert.True(answer.TryGetProperty(field, out _), field));
    }

    /// <summary>Rejects a seed that is not passed on.</summary>
    [Fact]
    public void Equal_seeds_give_equal_curves()
    {
        double[] Curve(string seed) => Numbers(CommandLine.Run([.. s_layer, "--json", "--seed", seed]).Json(), "density");
        Assert.Equal(Curve("1"), Curve("1"));
        Assert.NotEqual(Curve("1"), Curve("2"));
    }

    /// <summary>Rejects a picture that hides its bulk or its tail: the peak has the longest bar, and the bars span decades.</summary>
    [Fact]
    public void On_the_terminal_it_is_a_histogram()
    {
        var run = CommandLine.Run(s_layer);
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Contains("GGN (w_a) of modular-addition", run.Output, StringComparison.Ordinal);
        var bars = run.Output.Split('\n').Select(line => line.Count(c => c == '█')).Where(length => length > 0).ToArray();
        Assert.Equal(40, bars.Max());
        Assert.InRange(bars.Length, 5, 24);
        Assert.Contains("180 products", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(0.1, 32)]
    [InlineData(1e-5, 0)]
    [InlineData(1e-9, 0)]
    [InlineData(0, 0)]
    public void A_bar_counts_decades(double share, int length) => Assert.Equal(length, DensityHistogram.Bar(share).Length);

    [Theory]
    [InlineData("--model ID is needed")]
    [InlineData("--probes: expected a whole number from 2", "--model", "direct-sum", "--probes", "1")]
    [InlineData("unknown model 'x'", "--model", "x")]
    public void What_does_not_make_sense_is_a_usage_error(string expected, params string[] args)
    {
        var run = CommandLine.Run(["density", .. args]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static double[] Numbers(JsonElement document, string name) =>
        [.. document.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    [Fact]
    public void The_picture_is_of_this_density()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("density.svg");
        var run = CommandLine.Run("density", "--model", "direct-sum", "--probes", "3", "--steps", "20", "--picture", file, "--json");
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Contains($"3 probes, {run.Json().GetProperty("products").GetInt64()} products.", File.ReadAllText(file), StringComparison.Ordinal);
    }
}

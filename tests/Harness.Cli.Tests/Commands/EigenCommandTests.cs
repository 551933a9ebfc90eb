using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli.Tests;

public class EigenCommandTests
{
    /// <summary>
    /// Lanczos against the dense solver, and the residuals against products computed here from the vectors in the file. All eigenvalues are exact
    /// doubles: rejects a solver that misses copies, and residuals or vectors that are not the answer's.
    /// </summary>
    [Fact]
    public void Eigenpairs_agree_with_the_dense_solver_and_every_double_is_found()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        string[] args = ["eigen", "--model", "modular-addition", "--top", "20", "--json"];
        var run = CommandLine.Run([.. args, "--out", folder.File("pairs.safetensors")]);
        var answer = run.Json();
        var dense = Numbers(CommandLine.Run([.. args, "--solver", "dense"]).Json(), "values");
        var values = Numbers(answer, "values");

        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Equal(20, values.Length);
        Assert.All(values.Zip(dense), pair => Assert.InRange(pair.First / pair.Second, 1 - 1e-10, 1 + 1e-10));
        Assert.All(values.Chunk(2), pair => Assert.InRange(pair[1] / pair[0], 1 - 1e-10, 1 + 1e-10));
        Assert.All(answer.GetProperty("clusters").EnumerateArray(), cluster => Assert.Equal(2, cluster.GetArrayLength()));
        Assert.Equal("proved", answer.GetProperty("completeness").GetProperty("verdict").GetString());

        using var file = SafetensorsFile.Open(folder.File("pairs.safetensors"));
        var vectors = file.Load("vectors");
        var toy = ToyModelCatalog.Create("modular-addition");
        using var hessian = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]).Hessian(toy.Model.Parameters);
        var residuals = (hessian.Multiply(vectors) - torch.tensor(values).unsqueeze(1) * vectors).square().sum(1L).sqrt().data<double>().ToArray();
        var limit = answer.GetProperty("norm").GetDouble() * Tolerances.NoiseFloor(answer.GetProperty("noise").GetDouble());
        Assert.All(residuals.Zip(Numbers(answer, "residuals")), pair => Assert.InRange(pair.First - pair.Second, -limit, limit));
    }

    /// <summary>What cli.md promises of the document, field by field: rejects one that is renamed or left out.</summary>
    [Fact]
    public void The_document_has_every_field()
    {
        var answer = CommandLine.Run("eigen", "--model", "direct-sum", "--top", "3", "--dtype", "float32", "--json").Json();
        string[] fields =
        [
            "model", "modelSeed", "seed", "disguise", "data", "parameters", "samples", "operator", "which", "tensors", "dtype", "device", "threads", "solver",
            "tol", "values", "residuals", "valueBounds", "angleBounds", "clusters", "validityRadius", "noise", "norm", "products", "gradients", "completeness",
            "seconds", "peakMemoryMiB", "converged", "flags",
        ];
        Assert.All(fields, field => Assert.True(answer.TryGetProperty(field, out _), field));
        Assert.All(["products", "missed", "verdict"], field => Assert.True(answer.GetProperty("completeness").TryGetProperty(field, out _), field));
        Assert.All(["total", "products", "solver"], field => Assert.True(answer.GetProperty("seconds").TryGetProperty(field, out _), field));
        Assert.InRange(answer.GetProperty("noise").GetDouble(), Tolerances.UnitRoundoff32 / 16, 1e-4);
    }

    /// <summary>Rejects an option that is read and forgotten, and a picture of fewer pairs than were asked for.</summary>
    [Theory]
    [InlineData("linear", "λ")]
    [InlineData("log", "|λ|")]
    public void The_picture_shows_every_pair(string scale, string axis)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("picture.svg");
        var run = CommandLine.Run("eigen", "--model", "direct-sum", "--top", "7", "--picture", file, "--picture-scale", scale);
        Assert.Equal(ExitCode.Pass, run.Code);
        var picture = File.ReadAllText(file);
        for (var rank = 1; rank <= 7; rank++)
            Assert.Contains($"rank {rank}; {axis} ", picture, StringComparison.Ordinal);
    }

    /// <summary>Each operator against one made here. Rejects an option that is read and forgotten, and vectors of a layer at a wrong offset.</summary>
    [Theory]
    [InlineData("hessian", "w_*")]
    [InlineData("ggn", "*out")]
    [InlineData("fisher", "w_a")]
    [InlineData("empirical-fisher", "w_a")]
    public void The_operator_and_the_tensors_are_those_asked_for(string name, string tensors)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "eigen", "--model", "modular-addition", "--operator", name, "--tensors", tensors, "--top", "2", "--json", "--out", folder.File("pairs.safetensors"));
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Equal((name, tensors), (run.Json().GetProperty("operator").GetString(), run.Json().GetProperty("tensors").GetString()));

        using var file = SafetensorsFile.Open(folder.File("pairs.safetensors"));
        var vectors = file.Load("vectors");
        var toy = ToyModelCatalog.Create("modular-addition");
        var landscape = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]);
        ISymmetricOperator whole = name switch
        {
            "hessian" => landscape.Hessian(toy.Model.Parameters),
            "ggn" => landscape.GaussNewton(toy.Model.Parameters),
            _ => landscape.Fisher(toy.Model.Parameters, name == "fisher" ? FisherKind.True : FisherKind.Empirical),
        };
        using var owned = whole as IDisposable;
        var layer = LayerOperator.Matching(whole, toy.Model.Network.Layout, tensors);
        Assert.Equal(0, (layer.Embed(layer.Restrict(vectors)) - vectors).abs().max().ToDouble());
        var restricted = layer.Restrict(vectors);
        var residuals = layer.Multiply(restricted) - torch.tensor(Numbers(run.Json(), "values")).unsqueeze(1) * restricted;
        Assert.InRange(residuals.norm().ToDouble() / run.Json().GetProperty("norm").GetDouble(), 0, 1e-6);
    }

    /// <summary>Rejects a comparison solver that passes as a solver: its answer carries what is wrong with it, and the exit code says so.</summary>
    [Fact]
    public void Power_iteration_does_not_pass()
    {
        var run = CommandLine.Run(
            "eigen", "--model", "modular-addition", "--solver", "power", "--which", "magnitude", "--top", "4", "--tol", "1e-3", "--json");
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.False(run.Json().GetProperty("converged").GetBoolean());
        Assert.Equal("incomplete", run.Json().GetProperty("completeness").GetProperty("verdict").GetString());
        Assert.Contains("NotConverged", run.Json().GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        Assert.All(run.Json().GetProperty("angleBounds").EnumerateArray(), bound => Assert.Equal(System.Text.Json.JsonValueKind.Null, bound.ValueKind));
    }

    [Theory]
    [InlineData("--model ID is needed")]
    [InlineData("none matches 'nope'; there are: w_a, w_b, w_out", "--model", "modular-addition", "--tensors", "nope")]
    [InlineData("add --which magnitude", "--model", "direct-sum", "--solver", "power")]
    [InlineData("--operator", "--model", "direct-sum", "--operator", "laplacian")]
    [InlineData("unknown model 'x'", "--model", "x")]
    [InlineData("unknown data set 'test'", "--model", "direct-sum", "--data", "test")]
    [InlineData("--tol", "--model", "direct-sum", "--tol", "2")]
    [InlineData("--which", "--model", "direct-sum", "--which", "middle")]
    public void What_does_not_exist_is_a_usage_error(string expected, params string[] args)
    {
        var run = CommandLine.Run(["eigen", .. args]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static double[] Numbers(System.Text.Json.JsonElement document, string name) =>
        [.. document.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}

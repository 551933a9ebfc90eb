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
            "seconds", "peakMemoryMiB", "converged", "flags", "offGradient", "top", "maxProducts", "residualLimits", "validity", "zeroLevel", "asymmetry", "checks",
        ];
        Assert.All(fields, field => Assert.True(answer.TryGetProperty(field, out _), field));
        Assert.All(["products", "missed", "verdict"], field => Assert.True(answer.GetProperty("completeness").TryGetProperty(field, out _), field));
        var split = answer.GetProperty("productSplit");
        long[] spent = [.. new[] { "iteration", "sweeps", "certificate" }.Select(part => split.GetProperty(part).GetInt64())];
        Assert.Equal(answer.GetProperty("products").GetInt64(), spent.Sum());
        Assert.Equal(answer.GetProperty("completeness").GetProperty("products").GetInt64(), spent[1] + split.GetProperty("proof").GetInt64());
        Assert.All(["total", "operator", "products", "solver"], field => Assert.True(answer.GetProperty("seconds").TryGetProperty(field, out _), field));
        Assert.InRange(answer.GetProperty("noise").GetDouble(), Tolerances.UnitRoundoff32 / 16, 1e-4);
    }

    /// <summary>
    /// L = (½λt² + ½)² along v, so its mean curvature over [−t, t] is λ + λ²t²: valid up to √(½/λ). Rejects a radius that is not the one of the model
    /// asked about, and gradients that are written down instead of counted.
    /// </summary>
    [Fact]
    public void The_validity_radius_is_that_of_the_loss()
    {
        var answer = CommandLine.Run("eigen", "--model", "planted-spectrum/one-by-one", "--json").Json();
        var expected = Math.Sqrt(0.5 / 3);
        Assert.InRange(Assert.Single(Numbers(answer, "validityRadius")), expected / Tolerances.ValidityResolution, expected);
        var validity = answer.GetProperty("validity");
        Assert.Equal("left", Assert.Single(validity.GetProperty("outcomes").EnumerateArray()).GetString());
        Assert.Equal(0, validity.GetProperty("gates").GetInt64());
        Assert.Equal(1 + validity.GetProperty("gradients").GetInt64(), answer.GetProperty("gradients").GetInt64());
        Assert.InRange(validity.GetProperty("gradients").GetInt64(), 20, 80);
    }

    /// <summary>
    /// In float32 the loss of this model overflows: rejects an internal error, a success, and a table that leaves out what ended the search and what to do.
    /// </summary>
    [Theory]
    [InlineData("lanczos")]
    [InlineData("dense")]
    public void A_product_that_is_not_finite_is_flagged_and_no_success(string solver)
    {
        string[] args = ["eigen", "--model", "planted-spectrum/scaled-1e150", "--dtype", "float32", "--top", "3"];
        var run = CommandLine.Run([.. args, "--solver", solver]);
        Assert.Equal((ExitCode.CheckFailed, ""), (run.Code, run.Error));
        Assert.Contains("NO PAIR is returned", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"NonFiniteProduct: product \d+ held NaN or infinity, and the search ended there; nothing can be certified\. .*--dtype float64", run.Output);
        var answer = CommandLine.Run([.. args, "--solver", solver, "--json"]).Json();
        Assert.Equal((0, false), (answer.GetProperty("values").GetArrayLength(), answer.GetProperty("converged").GetBoolean()));
        Assert.Contains("NonFiniteProduct", answer.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
    }

    [Theory]
    [InlineData("linear-regression", "held")]
    [InlineData("planted-spectrum/zero", "zeroEigenvalue")]
    public void Where_the_radius_has_no_end_or_no_meaning_that_is_said(string model, string outcome)
    {
        var answer = CommandLine.Run("eigen", "--model", model, "--top", "2", "--json").Json();
        Assert.All(answer.GetProperty("validity").GetProperty("outcomes").EnumerateArray(), entry => Assert.Equal(outcome, entry.GetString()));
        string expected = outcome == "held" ? answer.GetProperty("validity").GetProperty("reach").GetRawText() : "null";
        Assert.All(answer.GetProperty("validityRadius").EnumerateArray(), radius => Assert.Equal(expected, radius.GetRawText()));
    }

    [Fact]
    public void What_is_no_Hessian_has_no_radius_and_says_why()
    {
        var answer = CommandLine.Run("eigen", "--model", "logistic-regression", "--operator", "ggn", "--top", "2", "--json").Json();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("validityRadius").ValueKind);
        Assert.StartsWith("the operator is not the Hessian", answer.GetProperty("validity").GetProperty("reason").GetString(), StringComparison.Ordinal);
        var without = CommandLine.Run("eigen", "--model", "logistic-regression", "--top", "2", "--no-validity", "--json").Json();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, without.GetProperty("validity").ValueKind);
        Assert.Equal(1, without.GetProperty("gradients").GetInt64());
    }

    /// <summary>Rejects a check that is left out, and one whose failure goes unnoticed.</summary>
    [Fact]
    public void The_checks_are_carried_and_count()
    {
        var answer = CommandLine.Run("eigen", "--model", "direct-sum", "--top", "3", "--no-validity", "--json");
        Assert.Equal(
            [
                "residual", "stopping rule", "claimed residual", "orthonormality", "dense decomposition", "eigenvalues", "symmetry", "linearity", "repetition",
                "power of two",
            ],
            answer.Json().GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.All(answer.Json().GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("holds").GetBoolean(), check.ToString()));
        Assert.Equal(ExitCode.Pass, answer.Code);

        var power = CommandLine.Run("eigen", "--model", "direct-sum", "--top", "3", "--no-validity", "--solver", "power", "--which", "magnitude", "--tol", "0.1");
        Assert.Equal(ExitCode.CheckFailed, power.Code);
        Assert.Contains("ABOVE THE LIMIT", power.Output, StringComparison.Ordinal);
        Assert.Contains("FAILS", power.Output, StringComparison.Ordinal);
        Assert.Contains("some MAY BE MISSING", power.Output, StringComparison.Ordinal);
    }

    /// <summary>Each hard request as a user would make it: what comes back, and what is said about it.</summary>
    [Theory]
    [InlineData(ExitCode.Pass, "FewerThanRequested: 9 were asked for, and there are 1", "--model", "planted-spectrum/one-by-one", "--top", "9")]
    [InlineData(ExitCode.Pass, "NumericallyZero: each of eigenvalues 1–3 cannot be told from zero", "--model", "planted-spectrum/zero", "--top", "3")]
    [InlineData(
        ExitCode.Pass, "ClusterCut: eigenvalue 1 belongs to a cluster of which more was not asked for", "--model", "planted-spectrum/multiplicity-2", "--top", "1")]
    [InlineData(
        ExitCode.CheckFailed, "BudgetSpent: the products allowed were spent first; raise --max-products", "--model", "planted-spectrum/outlier-bulk", "--max-products", "9")]
    [InlineData(
        ExitCode.Pass, "NoiseAboveTolerance: the noise of the products, not --tol 1E-12, decided when", "--model", "logistic-regression", "--tol", "1e-12", "--dtype", "float32")]
    public void What_a_reader_must_know_is_said(int code, string remark, params string[] args)
    {
        var run = CommandLine.Run(["eigen", "--no-validity", .. args]);
        Assert.Equal(code, run.Code);
        Assert.Contains(remark, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lowest_above_zero_are_found_past_the_null_space()
    {
        var answer = CommandLine.Run("eigen", "--model", "planted-spectrum/rank-deficient", "--which", "above-null", "--top", "3", "--no-validity", "--json").Json();
        Assert.All(Numbers(answer, "values").Zip([3.0, 2, 1]), pair => Assert.Equal(pair.Second, pair.First, Tolerances.RecoveryIdentity));
        Assert.Equal("above-null", answer.GetProperty("which").GetString());
    }

    /// <summary>Rejects a projection that is read and forgotten, or taken onto instead of off.</summary>
    [Fact]
    public void Off_the_gradient_no_eigenvector_has_a_share_of_it()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var toy = ToyModelCatalog.Create("superposition-5-2");
        var slot = toy.Model.Network.Layout[0];
        string[] args =
        [
            "eigen", "--model", "superposition-5-2", "--tensors", slot.Name, "--top", "2", "--no-validity", "--json", "--out", folder.File("pairs.safetensors"),
        ];
        var run = CommandLine.Run([.. args, "--off-gradient"]);
        Assert.True(run.Json().GetProperty("offGradient").GetBoolean());
        using var file = SafetensorsFile.Open(folder.File("pairs.safetensors"));
        var whole = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]).Gradient(toy.Model.Parameters);
        var gradient = torch.zeros_like(whole);
        gradient.narrow(0, slot.Offset, slot.Length).copy_(whole.narrow(0, slot.Offset, slot.Length));
        Assert.InRange(file.Load("vectors").mv(gradient / gradient.norm()).abs().max().ToDouble(), 0, 1e-9);
        Assert.NotEqual(Numbers(CommandLine.Run(args).Json(), "values"), Numbers(run.Json(), "values"));
    }

    /// <summary>Rejects a file without what makes its numbers mean something.</summary>
    [Fact]
    public void The_file_carries_the_certificate()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("eigen", "--model", "planted-spectrum/multiplicity-2", "--top", "3", "--json", "--out", folder.File("pairs.safetensors"));
        using var file = SafetensorsFile.Open(folder.File("pairs.safetensors"));
        foreach (var (tensor, field) in new[] { ("values", "values"), ("residuals", "residuals"), ("value_bounds", "valueBounds"), ("validity_radius", "validityRadius") })
            Assert.Equal(Numbers(run.Json(), field), file.Load(tensor).data<double>().ToArray());
        Assert.Equal([0L, 0, 1], file.Load("clusters").data<long>().ToArray());
        Assert.True(double.IsNaN(file.Load("angle_bounds")[2].ToDouble()), "the third is cut from its copy: no gap");
        Assert.Equal("planted-spectrum/multiplicity-2", file.Metadata["model"]);
        Assert.Equal("ClusterCut", file.Metadata["flags"]);
        Assert.Equal("eigenpairs/1", file.Metadata["harness.schema"]);
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
    [InlineData("--solver dense takes up to 4000 parameters, here are 22843", "--model", "modular-addition-mlp", "--solver", "dense")]
    [InlineData("--device cuda:99: this libtorch sees", "--model", "direct-sum", "--device", "cuda:99")]
    [InlineData("--max-products: expected a whole number from 1, got '0'", "--model", "direct-sum", "--max-products", "0")]
    public void What_does_not_exist_is_a_usage_error(string expected, params string[] args)
    {
        var run = CommandLine.Run(["eigen", .. args]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static double[] Numbers(System.Text.Json.JsonElement document, string name) =>
        [.. document.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}

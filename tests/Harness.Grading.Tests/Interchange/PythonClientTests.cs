using System.Globalization;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The Python client, as a foreign method uses it.</summary>
public sealed class PythonClientTests
{
    private static readonly string s_clients = Path.Combine(RepositoryRoot(), "src", "Harness.Cli", "clients", "python");

    /// <summary>
    /// Standard-library Python writes an answer that reads back as the singular triples it claims to be. Kills a client or a
    /// reader that transposes, misplaces a tensor or swaps byte order.
    /// </summary>
    [PythonFact]
    public void The_example_answers_an_export()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        CaseExporter.Export(folder["suite"], [new("modular-addition", 0, DisguiseKind.Rescale, 7), new("direct-sum", 2)], 5, Answers.Tool);
        var (exitCode, _, error) = Python.Run([Path.Combine(s_clients, "example_svd.py"), .. Directory.GetDirectories(folder["suite"])]);
        Assert.True(exitCode == 0, error);

        Assert.Equal("ready to grade: 2 cases, 9 subnetworks", $"{SubmissionFolder.Check(folder["suite"])}");
        foreach (var one in SubmissionFolder.Read(folder["suite"]))
        {
            var layout = one.Model.Model.Network.Layout;
            var largest = layout.Zip(layout.Split(one.Model.Model.Parameters)).Where(pair => pair.First.Shape.Count == 2)
                .Select(pair => linalg.svdvals(pair.Second)[0].ToDouble()).Order();
            var claimed = one.Submission.Decomposition.Subnetworks.Select(found => found.Component!.square().sum().sqrt().ToDouble()).Order();
            Assert.All(largest.Zip(claimed), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * pair.First));
            foreach (var found in one.Submission.Decomposition.Subnetworks)
            {
                var component = found.Component!.unsqueeze(0);
                Assert.Equal(1, found.Directions!.Dimension);
                Assert.Equal(0, found.Directions.ProjectOff(component).abs().max().ToDouble(), 1e-9);
                // Pythagoras: the best rank-one part is orthogonal to what is left of θ*.
                var inner = (component * one.Model.Model.Parameters).sum().ToDouble();
                Assert.Equal(component.square().sum().ToDouble(), inner, 1e-6 * inner);
            }
        }
    }

    /// <summary>
    /// The torch module computes what the harness computes, to 1e-5 in float32 (interchange.md). Kills a client that reads an
    /// operation differently.
    /// </summary>
    [PythonFact("torch")]
    public void The_torch_module_agrees_with_the_harness()
    {
        const string Program = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import torch
            from harness_client import read_case, torch_module
            case = read_case(sys.argv[2])
            data = case.data["all"]["inputs"]
            inputs = torch.tensor(data.values.tolist(), dtype=torch.int64 if data.dtype == "I64" else torch.float32).reshape(data.shape)
            print(*torch_module(case, torch.float32)(inputs).flatten().tolist())
            """;
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        CaseRecipe[] recipes = [new("modular-addition"), new("direct-sum"), new("superposition-5-2")];
        var key = ExportKey.Read(CaseExporter.Export(folder["suite"], recipes, 5, Answers.Tool));
        foreach (var (id, entry) in key.Cases)
        {
            var (exitCode, output, error) = Python.Run("-c", Program, s_clients, folder[$"suite/{id}"]);
            Assert.True(exitCode == 0, error);
            var model = entry.Recipe.Build();
            var expected = model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs);
            var actual = tensor(output.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()).reshape(expected.shape);
            Assert.InRange((actual - expected).abs().max().ToDouble(), 0, 1e-5 * expected.abs().max().ToDouble());
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Harness.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The Python client, as a foreign method uses it.</summary>
public sealed class PythonClientTests
{
    /// <summary>Samples of each data set that are compared.</summary>
    private const int Samples = 64;

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
        var (exitCode, _, error) = Python.Run(Python.With("struct")!, [Path.Combine(s_clients, "example_svd.py"), .. Directory.GetDirectories(folder["suite"])]);
        Assert.True(exitCode == 0, error);

        Assert.Equal("ready to grade: 2 cases, 9 subnetworks", $"{SubmissionFolder.Check(folder["suite"])}");
        foreach (var one in SubmissionFolder.Read(folder["suite"]))
        {
            var layout = one.Model.Model.Network.Layout;
            var largest = layout.Zip(layout.Split(one.Model.Model.Parameters)).Where(pair => pair.First.Shape.Count == 2)
                .Select(pair => linalg.svdvals(pair.Second)[0].ToDouble()).Order();
            var claimed = one.Submission.Decomposition.Subnetworks.Select(found => found.Component!.square().sum().sqrt().ToDouble()).Order();
            Assert.All(largest.Zip(claimed), pair => Assert.Equal(pair.First, pair.Second, Tolerances.RecoveryIdentity * pair.First));
            foreach (var found in one.Submission.Decomposition.Subnetworks)
            {
                var component = found.Component!.unsqueeze(0);
                Assert.Equal(1, found.Directions!.Dimension);
                Assert.Equal(0, found.Directions.ProjectOff(component).abs().max().ToDouble(), Tolerances.RecoveryIdentity);
                // Pythagoras: the best rank-one part is orthogonal to what is left of θ*.
                var inner = (component * one.Model.Model.Parameters).sum().ToDouble();
                Assert.Equal(component.square().sum().ToDouble(), inner, 1e-6 * inner);
            }
        }
    }

    /// <summary>
    /// The torch module computes what the harness computes, for every model, in the same precision: to 1e-5 in float32 (interchange.md) and to 1e-12 in
    /// float64, relative to the largest output. Kills a client that reads an operation, an axis or a tensor differently, and one that computes in the wrong precision.
    /// </summary>
    [PythonFact("torch")]
    public void The_torch_module_agrees_with_the_harness()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var key = ExportKey.Read(CaseExporter.Export(folder["suite"], [.. Exported()], 5, Answers.Tool));
        var (exitCode, _, error) = Python.Run(
            Python.With("torch")!,
            [Path.Combine(AppContext.BaseDirectory, "Interchange", "forward.py"), s_clients, $"{Samples}", .. key.Cases.Keys.Select(id => folder[$"suite/{id}"])]);
        Assert.True(exitCode == 0, error);
        foreach (var (id, entry) in key.Cases)
        {
            using var inner = NewDisposeScope();
            using var outputs = SafetensorsFile.Open(folder[$"suite/{id}/outputs.safetensors"]);
            var model = entry.Recipe.Build();
            Assert.Equal(2 * model.DataSets.Count, outputs.Entries.Count);
            foreach (var data in model.DataSets)
            {
                Within(Tolerances.SameOutputs, ScalarType.Float64, "float64");
                Within(Tolerances.SameOutputs32, ScalarType.Float32, "float32");

                void Within(double limit, ScalarType type, string name)
                {
                    var inputs = data.Inputs.narrow(0, 0, Math.Min(Samples, data.Count));
                    var expected = model.Model.Network.Forward(model.Model.Parameters.to(type), inputs).to(float64);
                    var actual = outputs.Load($"{data.Name}/{name}");
                    Assert.Equal(expected.shape, actual.shape);
                    var difference = (actual - expected).abs().max().ToDouble() / Math.Max(expected.abs().max().ToDouble(), double.Epsilon);
                    Assert.True(difference <= limit, $"{entry.Recipe.Model}, {data.Name}, {name}: relative difference {difference:g3}, limit {limit:g1}");
                }
            }
        }
    }

    /// <summary>Every model; of the spectra, which share a network, those that float32 can hold. Some in disguise, for their constants.</summary>
    private static IEnumerable<CaseRecipe> Exported() => ToyModelCatalog.Entries
        .Where(entry => entry.Family != "planted-spectrum" || entry.Id is "planted-spectrum/separated-rotated" or "planted-spectrum/graded")
        .Select(entry => new CaseRecipe(entry.Id))
        .Append(new CaseRecipe("superposition-5-2-untied", 0, DisguiseKind.All, 3))
        .Append(new CaseRecipe("gated-functions", 0, DisguiseKind.All, 3));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Harness.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using System.Text;
using Harness.Models;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>An export holds the model, and nothing of the truth.</summary>
public sealed class ExportTests
{
    private static readonly CaseRecipe[] s_recipes =
    [
        new("modular-addition", 0, DisguiseKind.Permute, 7), new("modular-addition", 3, DisguiseKind.Rescale, 1), new("direct-sum"),
        new("superposition-5-2"), new("superposition-5-2-untied", 0, DisguiseKind.Permute, 2),
    ];

    /// <summary>
    /// Kills an exporter that renames an operation's tensors wrongly, writes them in another order, or exports other data.
    /// </summary>
    [Fact]
    public void Exported_models_compute_what_the_originals_compute()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        foreach (var (id, entry) in Export(folder, "suite").Cases)
        {
            var original = entry.Recipe.Build();
            using var tensors = SafetensorsFile.Open(folder[$"suite/{id}/model.safetensors"]);
            using var data = SafetensorsFile.Open(folder[$"suite/{id}/data.safetensors"]);
            var exported = ModelDocument.Parse(File.ReadAllText(folder[$"suite/{id}/model.json"]))
                .Build(tensors.Entries.ToDictionary(tensor => tensor.Name, tensor => tensors.Load(tensor.Name)));
            var (inputs, targets) = (data.Load("all/inputs"), data.Load("all/targets"));
            var expected = original.Model.Network.Forward(original.Model.Parameters, original.DataSets[0].Inputs);
            Assert.Equal(0, (exported.Network.Forward(exported.Parameters, inputs) - expected).abs().max().ToDouble());
            Assert.Equal(0, (targets - original.DataSets[0].Targets).abs().max().ToDouble());
            Assert.Equal(original.Model.Loss, exported.Loss);
        }
    }

    /// <summary>
    /// Kills an exporter that leaks the plant through a name: ids and names of models, tensors, values, subnetworks, disguises,
    /// or words of the truth. Every file is searched, names of files included.
    /// </summary>
    [Fact]
    public void No_file_names_the_truth()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var key = Export(folder, "suite");
        string[] words = ["frequency", "feature", "block", "truth", "planted", "subspace", "disguise", "permute", "rescale", "seed 3"];
        var secrets = key.Cases.Values.SelectMany(entry => Secrets(entry.Recipe.Build())).Concat(words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder["suite"], "*", SearchOption.AllDirectories))
        {
            var text = path[folder.Path.Length..] + (File.Exists(path) ? Encoding.Latin1.GetString(File.ReadAllBytes(path)) : "");
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        }
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["suite"], "*key*", SearchOption.AllDirectories), File.Exists);
    }

    /// <summary>
    /// Kills an exporter that depends on the clock, on the folder's name or on hash order; and ids that the seed does not change.
    /// </summary>
    [Fact]
    public void Equal_seeds_give_equal_bytes_and_other_seeds_other_names()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var first = Export(folder, "one");
        Export(folder, "two");
        Assert.Equal(Contents(folder["one"]), Contents(folder["two"]));
        Assert.Equal(File.ReadAllText(folder["one.key.json"]), File.ReadAllText(folder["two.key.json"]));
        Assert.Empty(Export(folder, "three", seed: 6).Cases.Keys.Intersect(first.Cases.Keys));
    }

    /// <summary>
    /// Kills an exporter that keeps tensors in the order of the original layout: over a few seeds every order of three must
    /// appear.
    /// </summary>
    [Fact]
    public void Tensor_order_is_drawn()
    {
        var layout = new ParameterLayout([("a", [1]), ("b", [2]), ("c", [3])]);
        var orders = Enumerable.Range(0, 60).Select(seed => string.Join("", ExportedNames.Draw(layout, new RandomSource((ulong)seed)).Order));
        Assert.Equal(6, orders.Distinct().Count());
    }

    /// <summary>Kills an exporter that mixes two exports in one folder.</summary>
    [Fact]
    public void A_folder_that_is_not_empty_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["suite"]);
        File.WriteAllText(folder["suite/notes.txt"], "mine");
        var exception = Assert.Throws<IOException>(() => CaseExporter.Export(folder["suite"], s_recipes, 0, Answers.Tool));
        Assert.Equal($"{folder["suite"]} is not empty. Export to a new folder: files of another export would be mistaken for answers.", exception.Message);
        Assert.False(File.Exists(folder["suite.key.json"]));
    }

    private static ExportKey Export(TemporaryFolder folder, string name, ulong seed = 5) =>
        ExportKey.Read(CaseExporter.Export(folder[name], s_recipes, seed, Answers.Tool));

    private static IEnumerable<string> Secrets(ToyModel model) =>
    [
        model.Id,
        .. model.Truth.Subnetworks.Select(planted => planted.Name),
        .. model.Model.Network.Layout.Select(slot => $"\"{slot.Name}\""),
        .. model.Model.Network.Operations.Select(operation => $"\"{operation.Output}\""),
    ];

    private static Dictionary<string, string> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path[folder.Length..], path => Convert.ToBase64String(File.ReadAllBytes(path)));
}

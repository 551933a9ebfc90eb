using Harness.Models;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Writes cases to a folder for a method that runs elsewhere: models and data under neutral names, no truth. The key is written
/// beside the folder. Equal recipes and seeds give equal bytes.
/// </summary>
/// <remarks>
/// Neither ids, tensor names nor tensor order say what was planted. What the weights themselves give away (connected components
/// of the non-zero entries) stays: such models are marked readable, and a verdict uses a disguised twin.
/// </remarks>
public static class CaseExporter
{
    /// <summary>Exports cases.</summary>
    /// <param name="directory">A folder that does not exist yet, or is empty.</param>
    /// <param name="recipes">At least one; distinct.</param>
    /// <param name="seed">Seed of the case ids and of the tensors' order.</param>
    /// <param name="tool">Name and version of the program, e.g. <c>harness 0.1.0</c>.</param>
    /// <returns>Path of the key.</returns>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    /// <exception cref="ArgumentException">There is no recipe, or one is repeated.</exception>
    public static string Export(string directory, IReadOnlyList<CaseRecipe> recipes, ulong seed, string tool)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(recipes);
        ArgumentException.ThrowIfNullOrEmpty(tool);
        if (recipes.Count == 0 || recipes.Distinct().Count() < recipes.Count)
            throw new ArgumentException($"Expected at least one recipe and none twice, got {string.Join(", ", recipes)}.", nameof(recipes));
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new IOException($"{directory} is not empty. Export to a new folder: files of another export would be mistaken for answers.");
        Directory.CreateDirectory(directory);

        var entries = new SortedDictionary<string, ExportKey.Entry>(StringComparer.Ordinal);
        foreach (var recipe in recipes)
        {
            using var scope = NewDisposeScope();
            var folder = new CaseFolder(directory, recipe.CaseId(seed));
            entries.Add(folder.Id, Write(folder, recipe, RandomSource.Named(seed, folder.Id)));
        }
        // Sorted by id, so that the order does not repeat the catalog's.
        var suite = new SuiteDocument(SuiteDocument.CurrentSchema, tool, [.. entries.Keys]);
        File.WriteAllText(Path.Combine(directory, SuiteDocument.FileName), InterchangeJson.Write(suite));
        var key = ExportKey.PathFor(directory);
        InterchangeJson.WriteAtomically(key, InterchangeJson.Write(new ExportKey(ExportKey.CurrentSchema, tool, entries)));
        return key;
    }

    private static ExportKey.Entry Write(CaseFolder folder, CaseRecipe recipe, RandomSource random)
    {
        var toy = recipe.Build();
        var names = ExportedNames.Draw(toy.Model.Network.Layout, random);
        var model = ExportedModel.Of(toy.Model, names);
        Directory.CreateDirectory(folder.Directory);
        File.WriteAllText(folder.ModelFile, ModelDocument.Of(model).ToJson() + "\n");
        var parameters = names.Layout.Split(model.Parameters);
        SafetensorsFile.Write(
            folder.TensorFile,
            [
                .. names.Layout.Select((slot, i) => KeyValuePair.Create(slot.Name, parameters[i])),
                .. model.Network.Constants.OrderBy(constant => constant.Key, StringComparer.Ordinal),
            ]);
        SafetensorsFile.Write(folder.DataFile, toy.DataSets.SelectMany(Tensors));
        File.WriteAllText(Path.Combine(folder.Directory, "README.txt"), Instructions(folder.Id));
        return new ExportKey.Entry(recipe, names.Order, Hashes.OfVector(model.Parameters));
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Tensors(DataSet data)
    {
        yield return KeyValuePair.Create($"{data.Name}/inputs", data.Inputs);
        yield return KeyValuePair.Create($"{data.Name}/targets", data.Targets);
        if (data.Weights is { } weights)
            yield return KeyValuePair.Create($"{data.Name}/weights", weights);
    }

    private static string Instructions(string id) => $"""
        Case {id}

        model.json          the network: parameters, constants, and a list of operations in order
        model.safetensors   the trained parameters p0, p1, … (and constants k0, …), float64
        data.safetensors    <set>/inputs, <set>/targets and, if samples are weighted, <set>/weights

        Take the parameters apart and write decomposition.safetensors into this folder:

          subnetwork.<k>.directions/<tensor>   [s, *tensor shape]   directions it occupies in parameter space
          subnetwork.<k>.mask/<tensor>         [*tensor shape] U8   or, instead of directions, the entries it occupies
          subnetwork.<k>.component/<tensor>    [*tensor shape]      its share of the parameters
          subnetwork.<k>.activity/<set>        [N]                  optional: how strongly each sample uses it

          metadata (strings): harness.schema = "decomposition/1", case = "{id}", method, version, seed; optional: notes

        k counts from 0 without gaps. Each subnetwork needs directions, a mask or a component; never both directions and a mask.
        An absent tensor is zero. `harness check-submission` says what is wrong, if anything is.

        """;
}

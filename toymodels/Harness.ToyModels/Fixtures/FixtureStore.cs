using System.Security.Cryptography;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>A folder of approved weights: <c>&lt;id&gt;.safetensors</c> (a slash in the id becomes a hyphen) and <c>manifest.json</c> with their hashes.</summary>
/// <param name="folder">The folder.</param>
public sealed class FixtureStore(string folder)
{
    private const string ManifestName = "manifest.json";

    /// <summary>The approved weights that come with the program.</summary>
    public static FixtureStore Default { get; } = new(Path.Combine(AppContext.BaseDirectory, "fixtures"));

    /// <summary>Approved parameters <c>[P]</c> float64, in the caller's dispose scope.</summary>
    /// <param name="id">The model.</param>
    /// <param name="layout">Its parameters: the file must have exactly these tensors.</param>
    /// <exception cref="FixtureException">The file is missing, its hash is not the approved one, or its tensors do not fit the layout.</exception>
    public Tensor Load(string id, ParameterLayout layout)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(layout);
        var approved = Manifest().Files.FirstOrDefault(file => file.Id == id)
            ?? throw new FixtureException($"No weights are approved for '{id}' in {folder}; `harness train {id} --approve {folder}` makes them.");
        var path = Path.Combine(folder, approved.File);
        if (!File.Exists(path))
            throw new FixtureException($"The approved weights of '{id}' are missing: {path}. `harness train {id} --approve {folder}` makes them.");
        var hash = Hash(path);
        if (hash != approved.Sha256)
            throw new FixtureException(
                $"The weights of '{id}' in {path} are not those that were approved: SHA-256 {hash}, approved {approved.Sha256}. "
                + $"Restore the file, or approve new weights with `harness train {id} --approve {folder}`.");
        try
        {
            return Read(path, layout);
        }
        catch (SafetensorsException exception)
        {
            throw new FixtureException($"The approved weights of '{id}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a trained model's parameters and approves them in the manifest.</summary>
    /// <exception cref="FixtureException">The model missed its quality bar: it must not be approved.</exception>
    public void Approve(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (id, layout) = (result.Model.Id, result.Model.Model.Network.Layout);
        if (!result.MeetsBar)
            throw new FixtureException($"'{id}' missed its quality bar in {result.Attempts} attempts and is not approved: {result.Shortfall}.");
        Directory.CreateDirectory(folder);
        var file = $"{id.Replace('/', '-')}.safetensors";
        using (NewDisposeScope())
            SafetensorsFile.Write(
                Path.Combine(folder, file),
                layout.Zip(layout.Split(result.Model.Model.Parameters), (slot, value) => KeyValuePair.Create(slot.Name, value)));
        var manifest = File.Exists(Path.Combine(folder, ManifestName)) ? Manifest() : FixtureManifest.Empty;
        manifest = manifest.With(new(id, file, Hash(Path.Combine(folder, file)), result.Model.Seed, result.Attempts));
        File.WriteAllText(Path.Combine(folder, ManifestName), manifest.ToJson());
    }

    private FixtureManifest Manifest()
    {
        var path = Path.Combine(folder, ManifestName);
        return File.Exists(path)
            ? FixtureManifest.Parse(File.ReadAllText(path))
            : throw new FixtureException($"There are no approved weights: {path} does not exist. They are part of the program; install it again.");
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static Tensor Read(string path, ParameterLayout layout)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Entries.Count != layout.Count)
            throw new FixtureException($"{path} has {file.Entries.Count} tensors, expected {string.Join(", ", layout.Select(slot => slot.Name))}.");
        using var scope = NewDisposeScope();
        var tensors = layout.Select(slot => file.Load(slot.Name)).ToArray();
        foreach (var (slot, value) in layout.Zip(tensors))
            if (value.dtype != ScalarType.Float64 || !value.shape.AsSpan().SequenceEqual(slot.ShapeArray()) || !value.isfinite().all().ToBoolean())
                throw new FixtureException(
                    $"{path}: tensor '{slot.Name}' must be finite float64 [{string.Join(", ", slot.Shape)}], "
                    + $"got {value.dtype} [{string.Join(", ", value.shape)}].");
        return layout.Flatten(tensors).MoveToOuterDisposeScope();
    }
}

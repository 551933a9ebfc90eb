using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public sealed class FixtureStoreTests : Scoped
{
    private static readonly string s_shipped = Path.Combine(AppContext.BaseDirectory, "fixtures");
    private static readonly SuperpositionSpec s_spec = Superposition.Specs[0];

    /// <summary>Rejects a trained model without approved weights, a file nobody approved, and a repository that grows.</summary>
    [Fact]
    public void ManifestListsExactlyTheTrainedModelsAndTheFiles()
    {
        var manifest = FixtureManifest.Parse(File.ReadAllText(Path.Combine(s_shipped, "manifest.json")));
        Assert.Equal(ToyModelTrainer.Ids.Order(), manifest.Files.Select(file => file.Id));
        Assert.Equal(
            manifest.Files.Select(file => file.File).Order(),
            Directory.GetFiles(s_shipped, "*.safetensors").Select(Path.GetFileName).Order());
        Assert.True(Directory.GetFiles(s_shipped).Sum(file => new FileInfo(file).Length) < 20_000_000);
    }

    [Fact]
    public void ApprovedWeightsComeBackBitForBit() => WithFolder(folder =>
    {
        var result = Result();
        var store = new FixtureStore(folder);
        store.Approve(result);
        Assert.True(store.Load(s_spec.Id, Superposition.Layout(s_spec)).eq(result.Model.Model.Parameters).all().ToBoolean());
    });

    /// <summary>Mutant: a loader that does not look at the hash. One flipped bit in a weight gives a valid file.</summary>
    [Fact]
    public void AFlippedBitIsAnError() => WithFolder(folder =>
    {
        var (path, bytes) = Approved(folder);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var message = Error(folder);
        Assert.StartsWith($"The weights of 'superposition-5-2' in {path} are not those that were approved: SHA-256 ", message);
        Assert.EndsWith($"Restore the file, or approve new weights with `harness train superposition-5-2 --approve {folder}`.", message);
    });

    [Fact]
    public void MissingFilesAreErrorsThatSayWhatToDo() => WithFolder(folder =>
    {
        Assert.Equal(
            $"There are no approved weights: {Path.Combine(folder, "manifest.json")} does not exist. They are part of the program; install it again.",
            Error(folder));
        File.Delete(Approved(folder).Path);
        Assert.Equal(
            $"The approved weights of 'superposition-5-2' are missing: {Path.Combine(folder, "superposition-5-2.safetensors")}. `harness train superposition-5-2 --approve {folder}` makes them.",
            Error(folder));
        Assert.Equal(
            $"No weights are approved for 'superposition-5-5' in {folder}; `harness train superposition-5-5 --approve {folder}` makes them.",
            Assert.Throws<FixtureException>(() => new FixtureStore(folder).Load("superposition-5-5", Superposition.Layout(s_spec))).Message);
    });

    /// <summary>Rejects a loader that takes whatever tensors a (correctly hashed) file has.</summary>
    [Fact]
    public void TensorsThatDoNotFitAreErrors() => WithFolder(folder =>
    {
        Approved(folder);
        var other = new ParameterLayout([("w", [5, 2]), ("b", [5])]);
        var message = Assert.Throws<FixtureException>(() => new FixtureStore(folder).Load(s_spec.Id, other)).Message;
        Assert.Equal($"{Path.Combine(folder, "superposition-5-2.safetensors")}: tensor 'w' must be finite float64 [5, 2], got Float64 [2, 5].", message);
    });

    /// <summary>Rejects a store that approves what the bar rejects.</summary>
    [Fact]
    public void AModelThatMissesItsBarIsNotApproved() => WithFolder(folder =>
    {
        var bad = Result() with { Quality = [new(new CertificateCheck("a claim", _ => 2, 1, true, "units"), 2)] };
        Assert.Equal(
            "'superposition-5-2' missed its quality bar in 1 attempts and is not approved: a claim: 2 units, limit 1.",
            Assert.Throws<FixtureException>(() => new FixtureStore(folder).Approve(bad)).Message);
        Assert.Empty(Directory.GetFiles(folder));
    });

    [Theory]
    [InlineData("null", "The manifest of the fixtures is null.")]
    [InlineData("{\"schema\":\"fixtures/9\",\"files\":[]}", "The manifest of the fixtures has the schema 'fixtures/9', expected 'fixtures/1'.")]
    [InlineData("{\"schema\":", "The manifest of the fixtures is not a fixtures/1 document:")]
    [InlineData("{\"schema\":\"fixtures/1\"}", "The manifest of the fixtures is not a fixtures/1 document:")]
    public void BrokenManifestsAreErrors(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<FixtureException>(() => FixtureManifest.Parse(json)).Message);

    private static (string Path, byte[] Bytes) Approved(string folder)
    {
        new FixtureStore(folder).Approve(Result());
        var path = Path.Combine(folder, "superposition-5-2.safetensors");
        return (path, File.ReadAllBytes(path));
    }

    private static TrainingResult Result() => new(ToyModelCatalog.Create(s_spec.Id), [], 1, "");

    private static string Error(string folder) =>
        Assert.Throws<FixtureException>(() => new FixtureStore(folder).Load(s_spec.Id, Superposition.Layout(s_spec))).Message;

    private static void WithFolder(Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("fixture-tests-").FullName;
        try
        {
            test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

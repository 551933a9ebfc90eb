using System.Buffers.Binary;
namespace Harness.Cli.Tests;

public class ShowCommandTests
{
    /// <summary>Rejects a view that recites the truth instead of measuring it: shares, dimensions and every check come from the model.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("rescale:3")]
    public void A_model_shows_its_truth_and_that_its_certificate_holds(string disguise)
    {
        var run = CommandLine.Run("show", "modular-addition", "--disguise", disguise, "--json");
        var view = run.Json();

        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Equal((1242, disguise), (view.GetProperty("parameterCount").GetInt32(), view.GetProperty("disguise").GetString()));
        Assert.Equal(3, view.GetProperty("subnetworks").GetArrayLength());
        Assert.All(view.GetProperty("subnetworks").EnumerateArray(), planted => Assert.Equal(414, planted.GetProperty("dimension").GetInt32()));
        Assert.All(view.GetProperty("certificate").EnumerateArray(), check => Assert.True(check.GetProperty("holds").GetBoolean()));
    }

    [Fact]
    public void An_unknown_model_suggests_the_nearest()
    {
        var run = CommandLine.Run("show", "modular-adition");
        Assert.Equal((ExitCode.Usage, "harness: unknown model 'modular-adition'; did you mean 'modular-addition'?"), (run.Code, run.Error.Trim()));
    }

    [Theory]
    [InlineData("superposition-5-2", "rescale", "model 'superposition-5-2' does not admit the disguise rescale:0; it admits permute, rotate")]
    [InlineData("linear-regression", "all:3", "model 'linear-regression' does not admit the disguise all:3; it admits none")]
    public void A_disguise_that_does_not_fit_is_a_usage_error(string model, string disguise, string expected)
    {
        var run = CommandLine.Run("show", model, "--disguise", disguise);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>A person looks at the sheet; this looks at its frame: a PNG of three bands of four rows, not all of one grey.</summary>
    [Fact]
    public void Images_are_drawn()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("sheet.png");
        Assert.Equal(ExitCode.Pass, CommandLine.Run("show", "digit-pattern-cnn-mixed", "--images", file).Code);
        var bytes = File.ReadAllBytes(file);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        Assert.Equal((604, 756), (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))));
        // 604 · 756 grey pixels with noise do not compress to nothing.
        Assert.InRange(bytes.Length, 50_000, 604 * 756);
    }

    [Fact]
    public void What_has_no_images_says_so()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("show", "direct-sum", "--images", folder.File("sheet.png"));
        Assert.Equal((ExitCode.Usage, "harness: --images: the data of model 'direct-sum' are no images"), (run.Code, run.Error.Trim()));
    }

    /// <summary>A bad file is the user's input, and exits as such; a model without digits is a usage error.</summary>
    [Fact]
    public void Other_digits_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var mnist = Directory.CreateDirectory(folder.File("mnist")).FullName;
        var missing = CommandLine.Run("show", "digit-pattern-cnn", "--mnist", mnist);
        Assert.Equal(
            (ExitCode.BadInput, $"harness: {mnist} holds neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz."), (missing.Code, missing.Error.Trim()));
        File.WriteAllBytes(Path.Combine(mnist, "train-images-idx3-ubyte"), [0, 0, 8, 1, 0, 0, 0, 0]);
        File.WriteAllBytes(Path.Combine(mnist, "train-labels-idx1-ubyte"), []);
        var wrong = CommandLine.Run("train", "digit-pattern-cnn", "--mnist", mnist);
        Assert.Equal(ExitCode.BadInput, wrong.Code);
        Assert.Contains("begins with the magic number 0x00000801, expected 0x00000803", wrong.Error, StringComparison.Ordinal);
        var none = CommandLine.Run("show", "direct-sum", "--mnist", mnist);
        Assert.Equal((ExitCode.Usage, "harness: --mnist: model 'direct-sum' has no digits"), (none.Code, none.Error.Trim()));
        Assert.Equal(ExitCode.Usage, CommandLine.Run("export", "digit-pattern-cnn", "--out", folder.File("out"), "--mnist", mnist).Code);
    }
}

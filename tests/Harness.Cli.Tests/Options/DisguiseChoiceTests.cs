using FsCheck.Xunit;

namespace Harness.Cli.Tests;

public class DisguiseChoiceTests
{
    /// <summary>Rejects a reader that drops the seed, or a writer that it cannot read.</summary>
    [Property(MaxTest = 50)]
    public void What_is_written_is_read_back(byte word, ulong seed)
    {
        var text = $"{new[] { "permute", "rescale", "rotate", "all" }[word % 4]}:{seed}";
        var choice = DisguiseChoice.Read(text)!;

        Assert.Equal((text, seed), (choice.ToString(), choice.Seed));
        Assert.Equal(text.StartsWith("all", StringComparison.Ordinal) ? 3 : 1, choice.Kinds.Count);
    }

    [Fact]
    public void Without_a_seed_it_is_0() => Assert.Equal("permute:0", DisguiseChoice.Read("permute")!.ToString());

    [Theory]
    [InlineData("Permute")]
    [InlineData("permute:")]
    [InlineData("permute:-1")]
    [InlineData("permute:x")]
    [InlineData("none:1")]
    [InlineData("")]
    [InlineData("0")]
    public void Anything_else_is_refused(string text) => Assert.Null(DisguiseChoice.Read(text));
}

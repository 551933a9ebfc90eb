using FsCheck.Xunit;

namespace Harness.Grading.Tests.Runs;

public class CaseDisguiseTests
{
    /// <summary>Kills a reader that drops the seed, and a label that it cannot read: replay lines go through both.</summary>
    [Property(MaxTest = 50)]
    public void What_is_written_is_read_back(byte word, ulong seed)
    {
        var text = $"{new[] { "permute", "rescale", "rotate" }[word % 3]}:{seed}";
        var choice = Assert.Single(CaseDisguise.Read(text)!);
        Assert.Equal((text, seed), (choice.Label, choice.Seed));
    }

    [Fact]
    public void All_is_none_and_every_kind_at_that_seed() =>
        Assert.Equal(["none", "permute:7", "rescale:7", "rotate:7"], CaseDisguise.Read("all:7")!.Select(choice => choice.Label));

    [Fact]
    public void Without_a_seed_it_is_0() => Assert.Equal("permute:0", Assert.Single(CaseDisguise.Read("permute")!).Label);

    [Theory]
    [InlineData("Permute")]
    [InlineData("permute:")]
    [InlineData("permute:-1")]
    [InlineData("permute:x")]
    [InlineData("none:1")]
    [InlineData("")]
    [InlineData("0")]
    public void Anything_else_is_refused(string text) => Assert.Null(CaseDisguise.Read(text));
}

using FsCheck.Xunit;

namespace Harness.Grading.Tests.Runs;

public class CaseDisguiseTests
{
    /// <summary>Kills a reader that drops the seed, and a label that it cannot read: replay lines go through both.</summary>
    [Property(MaxTest = 50)]
    public void What_is_written_is_read_back(byte word, ulong seed)
    {
        var text = $"{new[] { "permute", "rescale", "rotate", "all" }[word % 4]}:{seed}";
        var choice = CaseDisguise.Read(text)!;
        Assert.Equal((text, seed), (choice.Label, choice.Seed));
    }

    /// <summary>One composed disguise is not all of them in turn: a suite that lists every kind is not to grade their composition twice.</summary>
    [Fact]
    public void Each_is_none_and_every_kind_on_its_own() =>
        Assert.Equal(["none", "permute:0", "rescale:0", "rotate:0"], CaseDisguise.Each.Select(choice => choice.Label));

    [Fact]
    public void Without_a_seed_it_is_0() => Assert.Equal("permute:0", CaseDisguise.Read("permute")!.Label);

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

namespace Harness.Grading.Tests;

/// <summary>Kills: a key split at the first separator, model ids with slashes, selectors with bars.</summary>
public class CaseKeyTests
{
    [Theory]
    [InlineData("modular-addition", 0, "none", "builtin:random", 0)]
    [InlineData("control/random-weights/x", 18446744073709551615, "permute:3", "cmd:python a.py | tee @0/x", 7)]
    [InlineData("planted-spectrum/a@b", 1, "rescale:0", "file:/x/y.safetensors", 1)]
    public void What_is_written_is_read(string model, ulong modelSeed, string disguise, string method, ulong seed)
    {
        var key = new CaseKey(model, modelSeed, disguise, method, "0123abcd", seed);
        Assert.Equal(key, CaseKey.Parse(key.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@0/none|m|h")]
    [InlineData("a/none|m|h|0")]
    [InlineData("a@x/none|m|h|0")]
    [InlineData("a@0/none|m|h|-1")]
    public void What_is_no_key_is_refused(string text) =>
        Assert.Contains("is no case key", Assert.Throws<FormatException>(() => CaseKey.Parse(text)).Message);
}

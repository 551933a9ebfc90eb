using Harness.Testing;
using VerifyTests;
using VerifyXunit;

namespace Harness.StandIns.Tests.Verify;

/// <summary>The comparer that forgives the last digits of a number and nothing else.</summary>
[Collection(nameof(CleanEnvironment))]
public class NumericTextTests
{
    private const double Relative = 1e-6;

    [Theory]
    [InlineData("λ = 1.0000000", "λ = 1.0000001")]
    [InlineData("[1.5e-9,-2.25]", "[1.5000001e-09,-2.2500001]")]
    [InlineData("norm 2.0000000001 of 3", "norm 2 of 3")]
    [InlineData("took 3. Then 0.1", "took 3. Then 0.10000001")]
    [InlineData("a\r\n0.5", "a\n0.50000001")]
    [InlineData("NaN", "NaN")]
    public void TextsThatAgree(string received, string verified) => Assert.Null(NumericText.Difference(received, verified, Relative));

    /// <summary>
    /// Rejects comparers that look at numbers only, that drop a sign or an exponent, that forgive counts, that read names and versions
    /// as numbers, or that stop at the shorter text.
    /// </summary>
    [Theory]
    [InlineData("1.0", "1.00001", "line 1: received 1.0, verified 1.00001, beyond relative 1e-06 and absolute 0")]
    [InlineData("-0.5", "0.5", "line 1: received -0.5, verified 0.5, beyond relative 1e-06 and absolute 0")]
    [InlineData("1.5e3", "1.5e4", "line 1: received 1.5e3, verified 1.5e4, beyond relative 1e-06 and absolute 0")]
    [InlineData("12345678 products", "12345679 products", "line 1: received 12345678, verified 12345679, beyond relative 1e-06 and absolute 0")]
    [InlineData("x 0.5", "y 0.5", "line 1: received 'x 0.5', verified 'y 0.5'")]
    [InlineData("p12345678", "p12345679", "line 1: received 'p12345678', verified 'p12345679'")]
    [InlineData("1.13.1000001", "1.13.1000002", "line 1: received '1.13.1000001', verified '1.13.1000002'")]
    [InlineData("NaN", "0.5", "line 1: received 'NaN', verified '0.5'")]
    [InlineData("#", "0.5", "line 1: received '#', verified '0.5'")]
    [InlineData("# 0.5", "0.5 #", "line 1: received '# 0.5', verified '0.5 #'")]
    [InlineData("0.5 0.5", "0.5", "line 1: received '0.5 0.5', verified '0.5'")]
    [InlineData("0.5\n", "0.5", "2 lines received, 1 verified")]
    [InlineData("0.5\n1.5", "0.5\n1.6", "line 2: received 1.5, verified 1.6, beyond relative 1e-06 and absolute 0")]
    public void TextsThatDiffer(string received, string verified, string expected) =>
        Assert.Equal(expected, NumericText.Difference(received, verified, Relative));

    [Fact]
    public void TheAbsoluteToleranceServesNumbersNearZero()
    {
        Assert.NotNull(NumericText.Difference("1e-17", "-2e-17", Relative));
        Assert.Null(NumericText.Difference("1e-17", "-2e-17", Relative, absolute: 1e-15));
    }

    /// <summary>Rejects a verifier that ignores its comparer, or does not pass on the comparer's reason.</summary>
    [Fact]
    public async Task AVerificationUsesTheComparer()
    {
        using var folder = new SnapshotFolder();
        folder["chosen.verified.txt"] = "λ = 0.3333333";
        SettingsTask Verify(string text) => Verifier.Verify(text).UseDirectory(folder.Path).UseFileName("chosen");

        await Assert.ThrowsAsync<VerifyException>(() => Verify("λ = 0.33333333"));
        await Verify("λ = 0.33333333").UseStringComparer(NumericText.Comparer(Relative));
        var exception = await Assert.ThrowsAsync<VerifyException>(() => Verify("λ = 0.34").UseStringComparer(NumericText.Comparer(Relative)));
        Assert.Contains("Comparer: line 1: received 0.34, verified 0.3333333", exception.Message);
    }

    /// <summary>Rejects a registration that reaches other extensions too.</summary>
    [Fact]
    public async Task ARegisteredComparerServesItsExtensionOnly()
    {
        using var folder = new SnapshotFolder();
        folder["chosen.verified.numbers"] = folder["chosen.verified.txt"] = "0.3333333";
        VerifierSettings.RegisterStringComparer("numbers", NumericText.Comparer(Relative));

        await Verifier.Verify("0.33333333", "numbers").UseDirectory(folder.Path).UseFileName("chosen");
        await Assert.ThrowsAsync<VerifyException>(
            () => Verifier.Verify("0.33333333", "txt").UseDirectory(folder.Path).UseFileName("chosen"));
    }
}

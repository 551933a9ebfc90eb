using VerifyXunit;

namespace Harness.StandIns.Tests.Verify;

/// <summary>Snapshots as every other test project uses them: approved files beside the source.</summary>
public class VerifyInSuiteTests
{
    [Fact]
    public Task ATextBesideItsTest() => Verifier.Verify("one line\nand another");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public Task ATheory(int size) => Verifier.Verify($"size {size}").UseParameters(size);
}

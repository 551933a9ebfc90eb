namespace Harness.Cli.Tests;

/// <summary>Redirections that overlap in time. The console is the whole process's, so no other test runs beside these.</summary>
[Collection(nameof(StandardOutputTests))]
[CollectionDefinition(nameof(StandardOutputTests), DisableParallelization = true)]
public class StandardOutputTests
{
    /// <summary>Kills: the first of two runs to end sends what the other's plug-in prints to standard output.</summary>
    [Fact]
    public void Output_is_error_until_the_last_redirection_ends()
    {
        var before = Console.Out;
        var first = StandardOutput.ToError();
        var second = StandardOutput.ToError();
        first.Dispose();
        Assert.Same(Console.Error, Console.Out);
        first.Dispose();
        Assert.Same(Console.Error, Console.Out);
        second.Dispose();
        Assert.Same(before, Console.Out);
    }
}

namespace Harness.Cli.Tests;

public class SchemaCommandTests
{
    /// <summary>Rejects a schema of another version than the records that are written.</summary>
    [Fact]
    public void The_schema_of_a_run_is_the_one_its_header_names()
    {
        var run = CommandLine.Run("schema", "run");
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Contains($"\"{Grading.RunJson.Schema}\"", run.Output, StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, run.Json().ValueKind);
    }

    [Fact]
    public void An_unknown_schema_is_a_usage_error() => Assert.Equal(ExitCode.Usage, CommandLine.Run("schema", "runs").Code);
}

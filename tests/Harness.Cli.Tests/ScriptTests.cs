using System.Diagnostics;

namespace Harness.Cli.Tests;

/// <summary>What the ./harness script answers by itself, from a foreign working directory.</summary>
public class ScriptTests
{
    [Theory]
    [InlineData("setup --help", 0, "./harness setup --libtorch python")]
    [InlineData("test --help", 0, "./harness test --filter")]
    [InlineData("publish --help", 0, "./harness publish out/harness-linux")]
    public void Its_commands_explain_themselves_and_end_with_an_example(string line, int code, string example)
    {
        var (exit, output, _) = Run(line);

        Assert.Equal(code, exit);
        Assert.Contains(example, output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setup --chekc", "harness: setup: unknown argument '--chekc'; see ./harness setup --help")]
    [InlineData("setup --libtorch", "harness: --libtorch needs a folder, or python")]
    [InlineData("publish", "harness: publish: give the folder to write; see ./harness publish --help")]
    [InlineData("publish --fast", "harness: publish: unknown option '--fast'; see ./harness publish --help")]
    public void A_wrong_command_line_is_64_and_nothing_on_standard_output(string line, string message)
    {
        var (exit, output, error) = Run(line);

        Assert.Equal((ExitCode.Usage, "", message), (exit, output, error.TrimEnd()));
    }

    private static (int Exit, string Output, string Error) Run(string line)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "harness"), line)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var twin in start.Environment.Keys.Where(name => name.StartsWith("HARNESS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(twin);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Harness.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no Harness.sln above {AppContext.BaseDirectory}");
    }
}

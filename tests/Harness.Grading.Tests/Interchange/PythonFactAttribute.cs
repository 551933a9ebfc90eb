using System.Diagnostics;

namespace Harness.Grading.Tests;

/// <summary>
/// A test that runs <c>python3</c>. Where the machine has none (or lacks the module asked for) the test is skipped and the runner
/// shows the reason; it never passes silently.
/// </summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(string module = "struct")
    {
        var (exitCode, _, error) = Python.Run("-c", $"import {module}");
        if (exitCode != 0)
            Skip = $"python3 with the module '{module}' is not available: {error.Trim().Split('\n')[^1]}";
    }
}

/// <summary>Runs <c>python3</c>.</summary>
internal static class Python
{
    internal static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, "", exception.Message);
        }
    }
}

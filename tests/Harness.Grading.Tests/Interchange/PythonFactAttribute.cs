using System.Diagnostics;

namespace Harness.Grading.Tests;

/// <summary>
/// A test that runs Python. Where the machine has none (or lacks the module asked for) the test is skipped and the runner
/// shows the reason; it never passes silently.
/// </summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(string module = "struct")
    {
        if (Python.With(module) is null)
            Skip = $"no python3 on this machine has the module '{module}' (Debian: apt-get install python3-{module})";
    }
}

/// <summary>Runs <c>python3</c>.</summary>
internal static class Python
{
    /// <summary>The one on the path, and the system's: a Debian package's modules are seen by the latter only.</summary>
    private static readonly string[] s_interpreters = ["python3", "/usr/bin/python3"];

    /// <summary>An interpreter that can import a module; null: there is none.</summary>
    internal static string? With(string module) => s_interpreters.FirstOrDefault(one => Run(one, ["-c", $"import {module}"]).ExitCode == 0);

    internal static (int ExitCode, string Output, string Error) Run(string interpreter, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
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

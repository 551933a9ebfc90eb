using System.Runtime.InteropServices;
using System.Text.Json;
using Harness.Models;

namespace Harness.Cli.Tests;

/// <summary>Exceptions become exit codes and one line.</summary>
public class FailureTests
{
    public static TheoryData<Exception, int> Cases => new()
    {
        { new UsageException("no such model"), 64 },
        { new InvalidDataException("tensor 'p0' ends early"), 65 },
        // Rejects a mapping that looks for IOException first: this is one, but the file is bad, not the disk.
        { new EndOfStreamException("the header is longer than the file"), 65 },
        { new JsonException("no object"), 65 },
        { new NetworkException("shapes"), 65 },
        { new FileNotFoundException("x.safetensors"), 74 },
        { new UnauthorizedAccessException("out"), 74 },
        { new IOException("disk full"), 74 },
        { new ExternalException("libtorch"), 70 },
        { new InvalidOperationException("bug"), 70 },
        // Nobody asked to stop: a time limit somewhere inside is our fault.
        { new OperationCanceledException(), 70 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_kind_of_failure_has_its_code(Exception failure, int code)
    {
        using var error = new StringWriter();

        Assert.Equal(code, Failure.Report(failure, CancellationToken.None, error, debug: false));
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_stop_that_was_asked_for_is_130()
    {
        using var error = new StringWriter();

        Assert.Equal(130, Failure.Report(new OperationCanceledException(), new CancellationToken(true), error, debug: false));
        Assert.Equal("harness: cancelled" + Environment.NewLine, error.ToString());
    }

    /// <summary>Rejects a report that prints the C++ backtrace under libtorch's message, and one that hides it from whoever debugs.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_rest_of_a_message_is_for_debugging(bool debug)
    {
        using var error = new StringWriter();

        Failure.Report(new ExternalException("mat1 and mat2 do not fit\nframe #0: c10::Error"), CancellationToken.None, error, debug);

        Assert.StartsWith("harness: internal error: ExternalException: mat1 and mat2 do not fit (HARNESS_DEBUG=1 shows where)", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(debug, error.ToString().Contains("frame #0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_command_returns_130()
    {
        var run = CommandLine.Run(new Dictionary<string, string>(), new CancellationToken(true), "doctor", "--json");

        Assert.Equal((ExitCode.Cancelled, ""), (run.Code, run.Output));
    }
}

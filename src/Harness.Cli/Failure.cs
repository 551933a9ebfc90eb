using System.Text.Json;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;

namespace Harness.Cli;

/// <summary>Turns an exception into an exit code and one line for the user.</summary>
internal static class Failure
{
    public static int Code(Exception failure, CancellationToken cancellation) => failure switch
    {
        UsageException => ExitCode.Usage,
        OperationCanceledException when cancellation.IsCancellationRequested => ExitCode.Cancelled,
        // Before IOException, which it derives from: a file that ends early is a bad file, not a bad disk.
        EndOfStreamException => ExitCode.BadInput,
        NonFiniteProductException or InvalidDataException or JsonException or NetworkException or SafetensorsException or SubmissionException or FixtureException => ExitCode.BadInput,
        IOException or UnauthorizedAccessException => ExitCode.InputOutput,
        _ => ExitCode.Internal,
    };

    /// <summary>Writes the line, and returns the exit code.</summary>
    /// <param name="failure">What ended the command.</param>
    /// <param name="cancellation">The command's token: tells a stop asked for from one that was not.</param>
    /// <param name="error">Where the line goes.</param>
    /// <param name="debug">Whether the whole exception follows.</param>
    public static int Report(Exception failure, CancellationToken cancellation, TextWriter error, bool debug)
    {
        var code = Code(failure, cancellation);
        error.WriteLine(code switch
        {
            ExitCode.Cancelled => "harness: cancelled",
            ExitCode.Internal => $"harness: internal error: {failure.GetType().Name}: {FirstLine(failure)} (HARNESS_DEBUG=1 shows where)",
            _ => $"harness: {FirstLine(failure)}",
        });
        if (debug)
            error.WriteLine(failure);
        return code;
    }

    // Messages of libtorch carry a C++ backtrace after the first line.
    private static string FirstLine(Exception failure) => failure.Message.Split('\n', 2)[0].TrimEnd('\r');
}

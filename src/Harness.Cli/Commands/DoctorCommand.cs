using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Harness.Cli;

/// <summary><c>harness doctor</c>: what this machine computes with, and whether anything is wrong with it.</summary>
internal sealed class DoctorCommand : HarnessCommand
{
    private readonly Option<int> _threads = CliOption.Count("--threads", "Threads of one libtorch operation.", 1, maximum: 1024);

    private readonly Option<bool> _json = CliOption.Json();

    public DoctorCommand()
        : base("doctor", "Report packages, libtorch, BLAS, devices, versions and the measured GEMM peak; exit 1 on a fault.", "harness doctor --json")
    {
        Options.Add(_threads);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var threads = arguments.GetValue(_threads);
        var diagnosis = context.Watch("measuring", progress => Examination.Run(threads, progress, context.Cancellation));
        return Answer(diagnosis, arguments.GetValue(_json), context);
    }

    /// <summary>Prints the diagnosis, and says by the exit code whether it has faults.</summary>
    internal static int Answer(Diagnosis diagnosis, bool json, CommandContext context)
    {
        if (json)
            context.WriteJson(diagnosis);
        else
            Print(diagnosis, context);
        return diagnosis.Faults.Count == 0 ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    private static void Print(Diagnosis diagnosis, CommandContext context)
    {
        void Row(string name, string? text) => context.Output.WriteLine($"{name,-10} {text ?? "none"}");

        Row("harness", diagnosis.Tool);
        Row("packages", $"{diagnosis.PackageSet}, TorchSharp {diagnosis.TorchSharp}");
        Row("libtorch", diagnosis.Libtorch is { } libtorch ? $"{libtorch.Version ?? "unknown version"}, {libtorch.Path}" : null);
        Row("bridge", diagnosis.Libtorch?.Bridge);
        Row("BLAS", diagnosis.Blas is { } blas ? string.Join(", ", new[] { blas.Name, blas.Path, blas.Configuration }.OfType<string>()) : null);
        Row("threads", $"{diagnosis.Threads} of {diagnosis.Processors} processors");
        Row("devices", string.Join(", ", diagnosis.Devices));
        foreach (var peak in diagnosis.Gemm)
            Row("GEMM peak", string.Create(CultureInfo.InvariantCulture, $"{peak.GigaflopsPerSecond:F1} GFLOP/s {peak.Dtype} on {peak.Device} (n = {peak.Size})"));
        Row("system", $"{diagnosis.OperatingSystem}, {diagnosis.Architecture}, .NET {diagnosis.Dotnet}");
        foreach (var warning in diagnosis.Warnings)
            context.Console.MarkupLineInterpolated($"[yellow]WARNING[/] {warning}");
        foreach (var fault in diagnosis.Faults)
            context.Console.MarkupLineInterpolated($"[red]FAULT[/] {fault}");
        if (diagnosis.Faults.Count == 0)
            context.Console.MarkupLine("[green]no faults[/]");
    }
}

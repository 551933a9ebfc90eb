using System.CommandLine;
using System.Diagnostics;
using Harness.Numerics;
using Harness.Reporting;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness density</c>: how the eigenvalues of a model's curvature are distributed, with error bars.</summary>
internal sealed class DensityCommand : HarnessCommand
{
    private readonly CurvatureOptions _curvature = new();

    private readonly Option<int> _probes = CliOption.Count("--probes", "Random vectors; error bars are the spread between them.", 10, minimum: 2, maximum: 10_000);

    private readonly Option<int> _steps = CliOption.Count(
        "--steps", "Lanczos steps, so products, per probe. The resolution is 1.5/steps of the spectrum's range.", 80, minimum: 2, maximum: 2_000);

    private readonly Option<string?> _picture = CliOption.Text("--picture", "Draw the density and its error band into this SVG file.");

    private readonly Option<string> _scale = CliOption.Choice("--picture-scale", "Axis of the pictured density: log or linear.", "log", "log", "linear");

    private readonly Option<bool> _json = CliOption.Json();

    public DensityCommand()
        : base(
            "density", "Spectral density of the Hessian, GGN or Fisher information of a model, with error bars.",
            "harness density --model modular-addition --operator ggn --json")
    {
        _curvature.AddTo(this);
        foreach (var option in new Option[] { _probes, _steps, _picture, _scale, _json })
            Options.Add(option);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        using var subject = _curvature.Create(arguments);
        var request = new DensityRequest(arguments.GetValue(_probes), arguments.GetValue(_steps), subject.Settings.SingleSeed());

        var watch = Stopwatch.StartNew();
        var timed = new TimedOperator(subject.Operator);
        var density = context.Watch($"density of {subject.Model}", progress => SpectralDensity.Estimate(timed, request, progress, context.Cancellation));
        var seconds = EigenView.SecondsView.Of(subject.Seconds, watch.Elapsed.TotalSeconds, timed.Elapsed.TotalSeconds);

        var view = DensityView.Of(subject, request, density, seconds);
        if (arguments.GetValue(_picture) is { } picture)
            File.WriteAllText(picture, DensityPicture.Of(density, subject.Title, Scale(arguments.GetValue(_scale)!)));
        if (arguments.GetValue(_json))
            context.WriteJson(view);
        else
            Print(subject.Title, view, context.Console);
        return ExitCode.Pass;
    }

    private static AxisScale Scale(string word) => word == "log" ? AxisScale.Logarithmic : AxisScale.Linear;

    private static void Print(string title, DensityView view, IAnsiConsole console)
    {
        console.WriteLine($"{title}: {Plural.Of(view.Dimension, "eigenvalue")}, {Plural.Of(view.Samples, "sample")}");
        console.Write(DensityHistogram.Table(view));
        console.WriteLine(
            $"from {view.LowestNode:G4} to {view.HighestNode:G4}, smoothed by ±{view.Width:G3}; mean {view.Mean.Value:G4} ± {view.Mean.StandardError:0.0E+0},"
            + $" mean square {view.MeanSquare.Value:G4} ± {view.MeanSquare.StandardError:0.0E+0}");
        console.WriteLine($"{view.Products} products; {view.Seconds.Sentence()}");
    }
}

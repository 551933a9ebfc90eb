using System.CommandLine;
using System.Diagnostics;
using Harness.Models;
using Harness.Numerics;
using Harness.Reporting;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness eigen</c>: certified eigenpairs of a model's curvature.</summary>
internal sealed class EigenCommand : HarnessCommand
{
    private readonly CurvatureOptions _curvature = new();

    private readonly Option<int> _top = CliOption.Count("--top", "How many eigenpairs.", 10, maximum: 100_000);

    private readonly Option<string> _which = CliOption.Choice(
        "--which", "Which end of the spectrum: largest, smallest or magnitude.", "largest", "largest", "smallest", "magnitude");

    private readonly Option<double> _tolerance = CliOption.Positive("--tol", "A pair has converged when its residual is at most tol·min(|λ|, gap).", 1e-6);

    private readonly Option<string> _solver = CliOption.Choice(
        "--solver", "lanczos; dense for up to 4000 parameters; or power (by magnitude), as common tools do it, for comparison.",
        "lanczos", "lanczos", "dense", "power");

    private readonly Option<string?> _out = CliOption.Text("--out", "Write values and vectors to this safetensors file.");

    private readonly Option<string?> _picture = CliOption.Text("--picture", "Draw values, bounds, clusters and residuals into this SVG file.");

    private readonly Option<string> _scale = CliOption.Choice(
        "--picture-scale", "Axis of the pictured eigenvalues: linear, log, or auto: log where they are positive and span a wide range.",
        "auto", "auto", "linear", "log");

    private readonly Option<bool> _json = CliOption.Json();

    public EigenCommand()
        : base(
            "eigen", "Certified eigenpairs of the Hessian, GGN or Fisher information of a model on a data set.",
            "harness eigen --model modular-addition --top 20 --json")
    {
        _curvature.AddTo(this);
        foreach (var option in new Option[] { _top, _which, _tolerance, _solver, _out, _picture, _scale, _json })
            Options.Add(option);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var request = Request(arguments);
        using var subject = _curvature.Create(arguments);
        request = request with { Seed = subject.Settings.SingleSeed() };

        var watch = Stopwatch.StartNew();
        var timed = new TimedOperator(subject.Operator);
        var solver = Solver(arguments.GetValue(_solver)!);
        var pairs = context.Watch($"eigenpairs of {subject.Model}", progress => solver.Solve(timed, request, progress, context.Cancellation));
        var (total, products) = (subject.Seconds + watch.Elapsed.TotalSeconds, timed.Elapsed.TotalSeconds);

        var view = EigenView.Of(subject, request, arguments.GetValue(_solver)!, pairs, new(total, products, total - products));
        if (arguments.GetValue(_out) is { } file)
            Write(file, pairs.Values, subject.Layer?.Embed(pairs.Vectors) ?? pairs.Vectors);
        if (arguments.GetValue(_picture) is { } picture)
            File.WriteAllText(picture, EigenvaluePicture.Of(pairs, subject.Title, Scale(arguments.GetValue(_scale)!, pairs)));
        if (arguments.GetValue(_json))
            context.WriteJson(view);
        else
            Print(subject.Title, view, context.Console);
        return pairs.Converged && pairs.Completeness != Completeness.Incomplete ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    private EigenRequest Request(ParseResult arguments)
    {
        var (which, tolerance) = (arguments.GetValue(_which)!, arguments.GetValue(_tolerance));
        if (tolerance >= 1)
            throw new UsageException($"--tol: expected a number above 0 and below 1, got {tolerance}");
        if (arguments.GetValue(_solver) == "power" && which != "magnitude")
            throw new UsageException($"--solver power finds eigenvalues by magnitude only: add --which magnitude (it is {which})");
        return new EigenRequest(arguments.GetValue(_top), Enum.Parse<SpectrumEnd>(which, ignoreCase: true), tolerance);
    }

    private static IEigensolver Solver(string name) => name switch
    {
        "dense" => new DenseEigensolver(),
        "power" => new PowerIteration(),
        _ => new ThickRestartLanczos(),
    };

    private static AxisScale Scale(string word, Eigenpairs pairs) =>
        word == "log" || (word == "auto" && EigenvaluePicture.SpansWideRange(pairs)) ? AxisScale.Logarithmic : AxisScale.Linear;

    /// <summary>Vectors of a layer are written as whole parameter vectors, zero elsewhere: so everything that takes directions takes them.</summary>
    private static void Write(string file, double[] values, torch.Tensor vectors) =>
        SafetensorsFile.Write(file, [KeyValuePair.Create("values", torch.tensor(values)), KeyValuePair.Create("vectors", vectors)]);

    private static void Print(string title, EigenView view, IAnsiConsole console)
    {
        console.WriteLine($"{title}: {view.Parameters} parameters, {view.Samples} samples, {view.Which} first");
        var table = new Table().Border(TableBorder.Simple).AddColumn("#");
        foreach (var heading in new[] { "eigenvalue", "residual", "value ±", "angle ± (rad)", "cluster" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        for (var i = 0; i < view.Values.Length; i++)
            table.AddRow(
                $"{i + 1}", $"{view.Values[i]:G10}", $"{view.Residuals[i]:0.0E+0}", $"{view.ValueBounds[i]:0.0E+0}",
                view.AngleBounds[i] is { } angle ? $"{angle:0.0E+0}" : "no gap",
                string.Join(" ", view.Clusters.First(cluster => cluster.Contains(i)).Select(member => member + 1)));
        console.Write(table);
        console.WriteLine(
            $"{view.Products} products, noise {view.Noise:0.0E+0}, norm {view.Norm:G6}; completeness {view.Completeness.Verdict.ToString().ToLowerInvariant()}"
            + $"; {view.Seconds.Total:F2} s, {view.Seconds.Products / view.Seconds.Total:P0} of it in products");
        console.WriteLine(view.Flags.Count == 0 ? "no flags" : $"flags: {string.Join(", ", view.Flags)}");
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Harness.Numerics;
using Harness.Reporting;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness eigen</c>: certified eigenpairs of a model's curvature.</summary>
internal sealed class EigenCommand : HarnessCommand
{
    private readonly CurvatureOptions _curvature = new();

    private readonly Option<int> _top = CliOption.Count("--top", "How many eigenpairs.", 10, maximum: 100_000);

    private readonly Option<string> _which = CliOption.Choice(
        "--which", "Which end of the spectrum: largest, smallest, magnitude, or above-null: the lowest that stand above zero.",
        "largest", "largest", "smallest", "magnitude", "above-null");

    private readonly Option<double> _tolerance = CliOption.Positive("--tol", "A pair has converged when its residual is at most tol·min(|λ|, gap).", 1e-6);

    private readonly Option<string> _solver = CliOption.Choice(
        "--solver", "lanczos; dense for up to 4000 parameters; or power (by magnitude), as common tools do it, for comparison.",
        "lanczos", "lanczos", "dense", "power");

    private readonly Option<long?> _budget = CliOption.Parsed<long?>(
        "--max-products", "Most products to spend; what is certified by then is returned, with flags. Default: 200 per vector kept.",
        null, "a whole number from 1", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? (true, value) : default);

    private readonly Option<bool> _noValidity = CliOption.Switch("--no-validity", "Leave out the validity radii, which cost 20 to 60 gradients a pair.");

    private readonly Option<string?> _out = CliOption.Text(
        "--out", "Write values, vectors [k, P], bounds, clusters and validity radii to this safetensors file.");

    private readonly Option<string?> _picture = CliOption.Text("--picture", "Draw values, bounds, clusters, residuals and validity radii into this SVG file.");

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
        foreach (var option in new Option[] { _top, _which, _tolerance, _solver, _budget, _noValidity, _out, _picture, _scale, _json })
            Options.Add(option);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var request = Request(arguments);
        using var subject = _curvature.Create(arguments);
        request = request with { Seed = subject.Settings.SingleSeed() };
        var name = arguments.GetValue(_solver)!;
        if (name == "dense" && subject.Operator.Dimension > DenseEigensolver.MaxDimension)
            throw new UsageException(
                $"--solver dense takes up to {DenseEigensolver.MaxDimension} parameters, here are {subject.Operator.Dimension}: leave it out, or name fewer --tensors");

        var watch = Stopwatch.StartNew();
        var timed = new TimedOperator(subject.Operator);
        var solver = Solver(name, arguments.GetValue(_which)!);
        var pairs = context.Watch($"eigenpairs of {subject.Model}", progress => solver.Solve(timed, request, progress, context.Cancellation));
        var seconds = EigenView.SecondsView.Of(subject.Seconds, watch.Elapsed.TotalSeconds, timed.Elapsed.TotalSeconds);
        var checks = pairs.Count == 0 ? [] : EigenpairChecks.Ratios(subject.Operator, request, pairs, DenseDimension(arguments, pairs));
        var validity = arguments.GetValue(_noValidity)
            ? null
            : context.Watch("validity radii", progress => pairs.MeasureValidity(progress, context.Cancellation));

        var view = EigenView.Of(subject, request, arguments.GetValue(_which)!, name, pairs, validity, checks, seconds);
        if (arguments.GetValue(_out) is { } file)
            EigenFile.Write(file, subject, pairs, view);
        if (arguments.GetValue(_picture) is { } picture)
            File.WriteAllText(picture, EigenvaluePicture.Of(pairs, subject.Title, Scale(arguments.GetValue(_scale)!, pairs), validity));
        if (arguments.GetValue(_json))
            context.WriteJson(view);
        else
            EigenTables.Print(subject.Title, view, pairs, validity, context.Console);
        var holds = pairs.Converged && pairs.Completeness != Completeness.Incomplete && checks.All(check => check.Holds);
        return holds ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    private EigenRequest Request(ParseResult arguments)
    {
        var (which, tolerance) = (arguments.GetValue(_which)!, arguments.GetValue(_tolerance));
        if (tolerance >= 1)
            throw new UsageException($"--tol: expected a number above 0 and below 1, got {tolerance}");
        if (arguments.GetValue(_solver) == "power" && which != "magnitude")
            throw new UsageException($"--solver power finds eigenvalues by magnitude only: add --which magnitude (it is {which})");
        var end = which == "above-null" ? SpectrumEnd.Smallest : Enum.Parse<SpectrumEnd>(which, ignoreCase: true);
        return new EigenRequest(arguments.GetValue(_top), end, tolerance) { MaxProducts = arguments.GetValue(_budget), HasValidity = false };
    }

    /// <summary>
    /// The lowest above zero are in the middle of the spectrum: their places are not checked against the whole. Where a product is not finite there is none.
    /// </summary>
    private long DenseDimension(ParseResult arguments, Eigenpairs pairs) =>
        arguments.GetValue(_which) == "above-null" || pairs.NonFiniteProduct is not null ? 0 : EigenpairChecks.DenseDimension;

    private static IEigensolver Solver(string name, string which)
    {
        IEigensolver solver = name switch
        {
            "dense" => new DenseEigensolver(),
            "power" => new PowerIteration(),
            _ => new ThickRestartLanczos(),
        };
        return which == "above-null" ? new LowestAboveNull(solver) : solver;
    }

    private static AxisScale Scale(string word, Eigenpairs pairs) =>
        word == "log" || (word == "auto" && EigenvaluePicture.SpansWideRange(pairs)) ? AxisScale.Logarithmic : AxisScale.Linear;
}

using System.CommandLine;
using System.Diagnostics;
using Harness.Models;
using Harness.Numerics;
using Harness.Reporting;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness eigen</c>: certified eigenpairs of a model's Hessian.</summary>
internal sealed class EigenCommand : HarnessCommand
{
    private readonly Option<string?> _model = CliOption.Text("--model", "A model's id; see harness list models.");

    private readonly Option<string?> _data = CliOption.Text("--data", "A data set of the model. Default: its first.");

    private readonly Option<int> _top = CliOption.Count("--top", "How many eigenpairs.", 10, maximum: 100_000);

    private readonly Option<string> _which = CliOption.Choice("--which", "Which end of the spectrum: largest, smallest or magnitude.", "largest", "largest", "smallest", "magnitude");

    private readonly Option<double> _tolerance = CliOption.Positive("--tol", "A pair has converged when its residual is at most tol·min(|λ|, gap).", 1e-6);

    private readonly Option<string> _solver = CliOption.Choice("--solver", "lanczos, or dense for up to 4000 parameters.", "lanczos", "lanczos", "dense");

    private readonly Option<string?> _out = CliOption.Text("--out", "Write values and vectors to this safetensors file.");

    private readonly Option<string?> _picture = CliOption.Text("--picture", "Draw values, bounds, clusters and residuals into this SVG file.");

    private readonly Option<string> _scale = CliOption.Choice(
        "--picture-scale", "Axis of the pictured eigenvalues: linear, log, or auto: log where they are positive and span a wide range.",
        "auto", "auto", "linear", "log");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public EigenCommand()
        : base("eigen", "Certified eigenpairs of the Hessian of a model's loss on a data set.", "harness eigen --model modular-addition --top 20 --json")
    {
        foreach (var option in new Option[] { _model, _data, _top, _which, _tolerance, _solver, _out, _picture, _scale })
            Options.Add(option);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var settings = _compute.Read(arguments);
        settings.Apply();
        var id = arguments.GetValue(_model) ?? throw new UsageException("--model ID is needed; harness list models shows them");
        if (arguments.GetValue(_tolerance) >= 1)
            throw new UsageException($"--tol: expected a number above 0 and below 1, got {arguments.GetValue(_tolerance)}");
        var toy = Plant.Create(id, settings);
        var data = Data(toy.DataSets, arguments.GetValue(_data));
        var request = new EigenRequest(
            arguments.GetValue(_top), Enum.Parse<SpectrumEnd>(arguments.GetValue(_which)!, ignoreCase: true), arguments.GetValue(_tolerance), settings.SingleSeed());

        var watch = Stopwatch.StartNew();
        var landscape = new LossLandscape(
            toy.Model.Network, toy.Model.Loss, data, new LandscapeOptions { DataType = settings.ScalarType, Device = settings.Device });
        using var hessian = landscape.Hessian(toy.Model.Parameters);
        var timed = new TimedOperator(hessian);
        IEigensolver solver = arguments.GetValue(_solver) == "dense" ? new DenseEigensolver() : new ThickRestartLanczos();
        var pairs = context.Watch($"eigenpairs of {id}", progress => solver.Solve(timed, request, progress, context.Cancellation));
        var (total, products) = (watch.Elapsed.TotalSeconds, timed.Elapsed.TotalSeconds);

        var view = new EigenView(
            id, settings.ModelSeed, settings.Seed, settings.SingleDisguise().Label, data.Name, landscape.Dimension, data.Count, "hessian",
            arguments.GetValue(_which)!, null, settings.Dtype, settings.Device, settings.Threads, arguments.GetValue(_solver)!, request.Tolerance,
            pairs.Values, pairs.Residuals, pairs.ValueBounds, pairs.AngleBounds, [.. pairs.Clusters.Select(cluster => cluster.Members)], null,
            pairs.Noise, pairs.Norm, pairs.Products, 1, new(pairs.ProofProducts, null, pairs.Completeness),
            new(total, products, total - products), Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024), pairs.Converged,
            EigenView.Names(pairs.Flags));
        if (arguments.GetValue(_out) is { } file)
            Write(file, pairs);
        if (arguments.GetValue(_picture) is { } picture)
            File.WriteAllText(picture, EigenvaluePicture.Of(pairs, $"Hessian of {id}, {data.Name}", Scale(arguments.GetValue(_scale)!, pairs)));
        if (arguments.GetValue(_json))
            context.WriteJson(view);
        else
            Print(view, context.Console);
        return pairs.Converged && pairs.Completeness != Completeness.Incomplete ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    private static DataSet Data(IReadOnlyList<DataSet> sets, string? name) => name is null
        ? sets[0]
        : sets.FirstOrDefault(set => set.Name == name) ?? throw new UsageException(NearestName.Unknown("data set", name, sets.Select(set => set.Name)));

    private static AxisScale Scale(string word, Eigenpairs pairs) =>
        word == "log" || (word == "auto" && EigenvaluePicture.SpansWideRange(pairs)) ? AxisScale.Logarithmic : AxisScale.Linear;

    private static void Write(string file, Eigenpairs pairs)
    {
        using var scope = torch.NewDisposeScope();
        SafetensorsFile.Write(file, [KeyValuePair.Create("values", torch.tensor(pairs.Values)), KeyValuePair.Create("vectors", pairs.Vectors)]);
    }

    private static void Print(EigenView view, IAnsiConsole console)
    {
        console.WriteLine($"{view.Model}, {view.Data}: {view.Operator}, {view.Parameters} parameters, {view.Samples} samples, {view.Which} first");
        var table = new Table().Border(TableBorder.Simple).AddColumn("#");
        foreach (var title in new[] { "eigenvalue", "residual", "value ±", "angle ± (rad)", "cluster" })
            table.AddColumn(new TableColumn(title).RightAligned());
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

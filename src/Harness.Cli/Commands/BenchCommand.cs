using System.CommandLine;
using System.Globalization;
using Harness.Numerics;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness bench</c>: how fast the numerics are, as ratios measured in one run.</summary>
internal sealed class BenchCommand : HarnessCommand
{
    private static readonly (string Model, string Dtype)[] s_cases =
    [
        ("modular-addition", "float64"), ("modular-addition-p59", "float64"),
        ("modular-addition-mlp", "float64"), ("modular-addition-mlp", "float32"), ("digit-pattern-cnn-80k", "float32"),
    ];

    private readonly Option<string?> _model = CliOption.Text(
        "--model", "One model, in the number format of --dtype. Default: the reference problems.");

    private readonly Option<int> _budget = CliOption.Count(
        "--budget", "About how many seconds all measurements together may take.", 40, maximum: 3600);

    private readonly Option<int> _top = CliOption.Count("--top", "How many eigenpairs the solve finds.", 10, maximum: 1000);

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public BenchCommand()
        : base("bench", "Measure Hessian products and solves in one run: ratios with their spread, never times.",
            "harness bench --model modular-addition")
    {
        Options.Add(_model);
        Options.Add(_budget);
        Options.Add(_top);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var settings = _compute.Read(arguments);
        settings.RequireDrawnDigits();
        settings.Apply();
        (string Model, string Dtype)[] cases = arguments.GetValue(_model) is { } id ? [(id, settings.Dtype)] : s_cases;
        foreach (var (model, _) in cases)
            Plant.Entry(model);
        var budget = TimeSpan.FromSeconds((double)arguments.GetValue(_budget) / cases.Length);
        var results = context.Watch("measuring", progress => cases.Select((one, k) =>
        {
            progress.Report((double)k / cases.Length);
            return Measure(one.Model, settings with { Dtype = one.Dtype }, arguments.GetValue(_top), budget, context.Cancellation);
        }).ToList());
        if (arguments.GetValue(_json))
            context.WriteJson(new { threads = settings.Threads, device = settings.Device, seed = settings.Seed, results });
        else
            Print(results, settings, context.Console);
        return ExitCode.Pass;
    }

    private static BenchResult Measure(string model, ComputeSettings settings, int top, TimeSpan budget, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        return new ModelBench(Plant.Create(model, settings), settings, top, budget, cancellation).Run();
    }

    private static void Print(IReadOnlyList<BenchResult> results, ComputeSettings settings, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var title in new[] { "P", "N", "product / gradient", "autograd / product", "GEMM share", "N against N/2", $"products, top {results[0].Top}", "solver share", "memory" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var result in results)
            table.AddRow(
                $"{result.Model} {result.Dtype}", $"{result.Parameters}", $"{result.Samples}", Range(result.ProductPerGradient, "0.00"),
                result.DifferentiatedPerProduct is { } ratio ? Range(ratio, "0.00") : "same",
                Range(result.GemmShare, "0 %"), Range(result.HalfTheSamples, "0.00"), Solve(result),
                result.SolverShare.ToString("0.0 %", CultureInfo.InvariantCulture) + (result.Converged ? "" : ", cut short"),
                string.Create(CultureInfo.InvariantCulture, $"{result.MemoryGrowthMiB:+0.0;-0.0;0} MiB / {result.MemoryProducts}"));
        console.Write(table);
        console.WriteLine("Median (middle half of the rounds); what is divided was measured in turn, in this run, "
            + $"on {settings.Device} with {settings.Threads} thread(s), "
            + (settings is { Device: "cpu", Threads: 1 } ? "in processor time." : "in wall time: other programs count."));
        console.WriteLine("product: a Hessian product with everything retained. autograd: by automatic differentiation, where products are written out by hand.");
        console.WriteLine("GEMM share: of a product's time, what its matrix products take at the peak measured beside it.");
        console.WriteLine("N against N/2: a product on all samples against one on half of them. products: iteration + sweeps + certificate.");
        if (results.FirstOrDefault(result => !result.Converged) is { } cut)
            console.WriteLine($"cut short: that solve was not finished within --budget, and its share is of what was done; "
                + $"--model {cut.Model} --dtype {cut.Dtype} with a larger --budget finishes it.");
        console.WriteLine("solver share: time of that solve outside products. memory: growth of the process over so many further products.");
    }

    private static string Range(Spread spread, string format)
    {
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(spread.Median)} ({Text(spread.Lower)}–{Text(spread.Upper)})";
    }

    private static string Solve(BenchResult result) => !result.Converged ? $"> {result.Products}, budget spent"
        : result.Completeness == Completeness.Incomplete ? $"{result.Products}, incomplete"
        : $"{result.Split.Iteration} + {result.Split.Sweeps} + {result.Split.Certificate}";
}

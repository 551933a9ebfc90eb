using System.CommandLine;
using System.Diagnostics;
using Harness.Decompositions;
using Harness.Grading;
using Harness.Methods;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness sphere</c>: searches spheres for subnetworks, with the grader's columns, pictures, and statistics over plants.</summary>
internal sealed class SphereCommand : HarnessCommand
{
    /// <summary>Larger vocabularies need larger eigenspaces too (methods.md M4): tables from this many parameters on.</summary>
    private const long ManyParameters = 700;

    private readonly Option<string?> _model = CliOption.Text("--model", "A classifier with weight decay and planted subnetworks; see harness list models.");

    private readonly Option<int> _models = CliOption.Count("--models", "How many plants, from --model-seed on. Seeds from which no plant comes out are named and left out.", 1);

    private readonly Option<int> _starts = CliOption.Count("--starts", "Random starts in each eigenspace.", new SphereSearchOptions().Starts, maximum: 1000);

    private readonly Option<string?> _out = CliOption.Text("--out", "Write the record, numbers (JSON) and pictures (SVG) into this folder.");

    private readonly Option<bool> _resume = CliOption.Switch("--resume", "Go on with the record in --out: cases that are in it are not run again.");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public SphereCommand()
        : base(
            "sphere", "Search spheres around a minimum for subnetworks, without supervision; what is planted is shown beside what was found.",
            "harness sphere --model modular-addition-chunked --out spheres")
    {
        foreach (var option in new Option[] { _model, _models, _starts, _out, _resume })
            Options.Add(option);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var settings = _compute.Read(arguments);
        settings.RequireFloat64();
        settings.RequireDrawnDigits();
        settings.Apply();
        var id = Plant.Entry(arguments.GetValue(_model) ?? throw new UsageException("--model is needed; harness list models shows them")).Id;
        if (settings.Disguise is { Label: not "none" })
            throw new UsageException("--disguise: strengths are those of the plain plant; harness grade --method builtin:sphere-search grades disguised ones");
        var models = arguments.GetValue(_models);
        var folder = arguments.GetValue(_out);
        if (folder is null && arguments.GetValue(_resume))
            throw new UsageException("--resume needs --out DIR: the folder of the record to go on with");
        using var record = folder is null ? null : RecordFile.Open(folder, arguments.GetValue(_resume), () => RunHeader.Of(
            ["sphere", .. arguments.Tokens.Skip(1).Select(token => token.Value)], new SuiteDescription($"sphere/{id}", "1"), settings));
        var watch = Stopwatch.StartNew();
        List<CaseLine> lines = [.. record?.Earlier ?? []];
        List<SphereCase> cases = [];
        try
        {
            var (searched, missed) = (0, 0);
            while (searched < models)
                if (Grown(id, settings with { ModelSeed = settings.ModelSeed + (ulong)(searched + missed) }, mayMiss: models > 1, context) is { } toy)
                {
                    Search(toy, settings, arguments, record, lines, cases, context);
                    searched++;
                }
                else if (++missed > models)
                    throw new InvalidOperationException($"No plant came out of {missed} seeds from {settings.ModelSeed} on; ./harness train {id} shows why.");
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested && record is not null)
        {
            record.Append(FooterLine.Of(lines, complete: false, watch.Elapsed));
            context.Error.WriteLine($"harness: the record so far is {record.Path}; the same options with --resume --out {record.Folder} go on with it");
            throw;
        }

        record?.Append(FooterLine.Of(lines, complete: true, watch.Elapsed));
        var statistics = SphereStatistics.Of(lines);
        if (arguments.GetValue(_json))
            context.WriteJson(new SphereView(id, settings.ModelSeed, models, settings.Seed, settings.SeedCount, settings.Dtype, settings.Device, settings.Threads, cases, statistics));
        else if (lines.Count > 1)
            SphereTables.Print(statistics, context.Console);
        return ExitCode.Pass;
    }

    /// <summary>The plant; null: training from this seed missed its quality bar, and others are to be had.</summary>
    private static ToyModel? Grown(string id, ComputeSettings settings, bool mayMiss, CommandContext context)
    {
        try
        {
            return context.Watch($"training {id}, plant {settings.ModelSeed}", _ => Plant.Create(id, settings));
        }
        catch (InvalidOperationException exception) when (mayMiss)
        {
            context.Error.WriteLine($"harness: plant {settings.ModelSeed} is left out: {exception.Message}");
            return null;
        }
    }

    private void Search(
        ToyModel toy, ComputeSettings settings, ParseResult arguments, RecordFile? record, List<CaseLine> lines, List<SphereCase> cases, CommandContext context)
    {
        var id = toy.Id;
        var options = new SphereSearchOptions { Starts = arguments.GetValue(_starts) };
        if (toy.Model.Network.Layout.Length >= ManyParameters)
            options = options with { EigenShares = [.. options.EigenShares, 0.2, 0.3] };
        if (toy.Truth.Subnetworks.Count == 0 || !new SphereSearch(options).AppliesTo(toy.ToSubject()))
            throw new UsageException($"--model {id}: spheres need a classifier with weight decay, and columns of the grader something planted");
        foreach (var seed in settings.Seeds)
        {
            using var inner = torch.NewDisposeScope();
            context.Cancellation.ThrowIfCancellationRequested();
            var hash = Hashes.OfText(string.Join(' ', options.EigenShares) + $";{options.Starts}")[..8];
            var key = new CaseKey(id, toy.Seed, "none", "sphere-search", hash, seed);
            if (lines.Any(line => line.Key == key))
                continue;
            var (found, result) = context.Watch(
                $"sphere search, plant {toy.Seed}, seed {seed}",
                progress => SphereCase.Run(toy, options, new MethodContext(seed, settings.Device, Timeout.InfiniteTimeSpan, progress, context.Cancellation)));
            var line = new CaseLine(
                key, SphereRecord.Kind, MethodRole.Method, Hashes.OfVector(toy.Model.Parameters), SphereRecord.Values(found),
                new CaseCost(found.Seconds, found.Gradients, found.Products, null), $"./harness sphere --model {id} --model-seed {toy.Seed} --seed {seed}");
            record?.Append(line);
            lines.Add(line);
            cases.Add(found);
            if (arguments.GetValue(_out) is { } folder)
                SphereFiles.Write(folder, toy, found, result);
            if (!arguments.GetValue(_json))
                SphereTables.Print(id, found, context.Console);
        }
    }
}

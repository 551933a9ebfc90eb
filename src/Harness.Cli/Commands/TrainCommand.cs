using System.CommandLine;
using Harness.Models;
using Harness.ToyModels;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness train MODEL</c>: trains a model from its seed, and says whether its quality bar is met.</summary>
internal sealed class TrainCommand : HarnessCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The id of a trained model." };

    private readonly Option<string?> _out = CliOption.Text("--out", "Write the weights to this safetensors file.");

    private readonly Option<string?> _approve = CliOption.Text(
        "--approve", "Approve the weights in this folder of fixtures, if they meet the bar: the file, and its hash in manifest.json.");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public TrainCommand()
        : base("train", "Train a model from its seed (--model-seed; with --seeds N from that and the next ones) and say whether the quality bar is met.",
            "harness train superposition-5-2 --out weights.safetensors")
    {
        Arguments.Add(_model);
        Options.Add(_out);
        Options.Add(_approve);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var settings = _compute.Read(arguments);
        settings.RequireFloat64OnCpu();
        settings.Apply();
        var id = arguments.GetValue(_model)!;
        if (settings.Mnist is not null && arguments.GetValue(_approve) is not null)
            throw new UsageException("--approve: weights are approved on drawn digits only, which come with the program; leave out --mnist");
        if (settings.Disguise is not null)
            throw new UsageException("--disguise: a model is trained in its own parameters; disguise it where it is used");
        if (!ToyModelTrainer.Ids.Contains(Plant.Entry(id).Id))
            throw new UsageException($"model '{id}' is written down, not trained; the trained ones are {string.Join(", ", ToyModelTrainer.Ids)}");
        if (settings.SeedCount > 1)
            return Survey(id, arguments, settings, context);
        var result = context.Watch($"training {id}", progress => Train(id, settings, progress, context.Cancellation));
        if (arguments.GetValue(_out) is { } file)
            Write(file, result.Model.Model);
        if (arguments.GetValue(_approve) is { } fixtures && result.MeetsBar)
            new FixtureStore(fixtures).Approve(result);
        if (arguments.GetValue(_json))
            context.WriteJson(new
            {
                model = id, modelSeed = settings.ModelSeed, attempts = result.Attempts, ending = result.Ending, meetsBar = result.MeetsBar,
                quality = result.Quality.Select(q => new { q.Check.Name, q.Check.Unit, q.Measured, q.Check.Limit, q.Check.AtMost, q.Holds }),
            });
        else
            Print(result, context.Console);
        return result.MeetsBar ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    /// <summary>Trains from several model seeds and shows the first attempt of each: what the recipe gives before its bar rejects anything.</summary>
    private int Survey(string id, ParseResult arguments, ComputeSettings settings, CommandContext context)
    {
        foreach (var option in new[] { _out, _approve })
            if (arguments.GetValue(option) is not null)
                throw new UsageException($"{option.Name}: with --seeds {settings.SeedCount} there are several sets of weights; leave one of the two out");
        var survey = new TrainingSurvey(id);
        for (var i = 0; i < settings.SeedCount; i++)
        {
            using var scope = torch.NewDisposeScope();
            var one = settings with { ModelSeed = unchecked(settings.ModelSeed + (ulong)i) };
            survey.Add(one.ModelSeed, context.Watch($"training {id} from model seed {one.ModelSeed}", progress => Train(id, one, progress, context.Cancellation)));
        }
        if (arguments.GetValue(_json))
            context.WriteJson(survey.ToJson());
        else
            survey.Print(context.Console);
        return survey.AllEndWell ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    private static TrainingResult Train(string id, ComputeSettings settings, IProgress<double> progress, CancellationToken cancellation) => settings.Mnist is { } folder
        ? DigitPattern.Train(Plant.OnMnist(id, folder), settings.ModelSeed, progress, cancellation)
        : ToyModelTrainer.Train(id, settings.ModelSeed, progress, cancellation);

    private static void Write(string file, Model model)
    {
        using var scope = torch.NewDisposeScope();
        var layout = model.Network.Layout;
        SafetensorsFile.Write(file, layout.Zip(layout.Split(model.Parameters), (slot, tensor) => KeyValuePair.Create(slot.Name, tensor)));
    }

    private static void Print(TrainingResult result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Quality", "measured", "limit", "holds");
        foreach (var quality in result.Quality)
            table.AddRow(
                new Text($"{quality.Check.Name} ({quality.Check.Unit})"), new Text($"{quality.Measured:G4}"),
                new Text($"{(quality.Check.AtMost ? "≤" : "≥")} {quality.Check.Limit:G4}"), new Text(quality.Holds ? "yes" : "NO"));
        console.Write(table);
        console.WriteLine($"{(result.MeetsBar ? "The quality bar is met" : "The quality bar is MISSED")} after {result.Attempts} attempt{(result.Attempts == 1 ? "" : "s")}"
            + $"{(result.Attempts == 1 ? "" : $", {result.Attempts - (result.MeetsBar ? 1 : 0)} of them rejected by it")}; the last {result.Ending}.");
    }
}

using System.CommandLine;
using System.Globalization;
using Harness.Models;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness steer</c>: moves a network along directions that ablate one data set and keep another, and scores what comes of it.</summary>
internal sealed class SteerCommand : HarnessCommand
{
    private readonly Option<string?> _model = CliOption.Text("--model", "A classifier's id; see harness list models.");

    private readonly Option<string?> _keep = CliOption.Text("--keep", "The data set to keep, e.g. digits: digits-train to choose by, digits-test to score on.");

    private readonly Option<string?> _ablate = CliOption.Text("--ablate", "The data set to ablate.");

    private readonly Option<string?> _known = CliOption.Text(
        "--known", "Semi-supervised: the one pure set that methods may see, beside the mixed one. The other is for scoring only. Default: both are known.");

    private readonly Option<bool> _unmix = CliOption.Switch(
        "--unmix", "With --known, where mixtures are ½a + ½b: in place of the mixed set use 2x − a with the nearest known a of the same label.");

    private readonly Option<int> _directions = CliOption.Count("--directions", "Top eigenvectors of the set to ablate that are tried, beside mixtures of the first six.", 12, maximum: 1000);

    private readonly Option<int> _eigenvectors = CliOption.Count("--eigenvectors", "k: eigenvectors of the kept set that are avoided.", 40, minimum: 0, maximum: 100_000);

    private readonly Option<int?> _jacobian = CliOption.Parsed<int?>(
        "--jacobian", "q: directions of the kept set's logit gradients that are avoided. Default: 0.17 of the parameters, 0.28 with --known, at most 2000.",
        null, "a whole number from 0", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (true, value) : default);

    private readonly Option<bool> _offGradient = CliOption.Switch(
        "--off-gradient", "For a point that is not a minimum: Hessians off their gradients, negative eigenvalues dropped.");

    private readonly Option<int?> _checkpoint = CliOption.Parsed<int?>(
        "--checkpoint", "Steer a digit-pattern network in the middle of its training, after so many epochs: trained here and now. Goes with --off-gradient.",
        null, "a whole number from 0", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (true, value) : default);

    private readonly Option<bool> _sweep = CliOption.Switch("--sweep", "Answer for several k and q too.");

    private readonly Option<string?> _out = CliOption.Text("--out", "Write numbers (JSON, CSV) and pictures (SVG) into this folder.");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public SteerCommand()
        : base(
            "steer", "Steer a classifier in parameter space: ablate one data set, keep another; Hessian directions beside baselines. --dtype is that of the directions; losses and accuracies are computed in float32.",
            "harness steer --model digit-pattern-cnn --keep digits --ablate patterns --out steering")
    {
        foreach (var option in new Option[] { _model, _keep, _ablate, _known, _unmix, _directions, _eigenvectors, _jacobian, _offGradient, _checkpoint, _sweep, _out })
            Options.Add(option);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var settings = _compute.Read(arguments);
        var seed = settings.SingleSeed();
        settings.Apply();
        var id = Needed(arguments, _model, "harness list models shows them");
        var (keep, ablate) = (Needed(arguments, _keep, "e.g. --keep digits"), Needed(arguments, _ablate, "e.g. --ablate patterns"));
        var toy = Model(id, settings, arguments.GetValue(_checkpoint), context);
        if (toy.Model.Loss.Kind != LossKind.CrossEntropy)
            throw new UsageException($"--model: steering is judged by accuracy, and '{id}' is no classifier");
        var data = SteerData.Of(toy.ToSubject(), keep, ablate, arguments.GetValue(_known), arguments.GetValue(_unmix));
        var request = new SteerRequest(
            arguments.GetValue(_directions), arguments.GetValue(_eigenvectors), arguments.GetValue(_jacobian), arguments.GetValue(_offGradient), seed,
            settings.ScalarType, settings.Device, arguments.GetValue(_sweep));
        var result = Judged(toy, ablate, new SteerRun(toy.ToSubject(), data, request, context).Execute());
        var view = SteerView.Of(id, settings, toy.Model.Network.Layout.Length, result);
        if (arguments.GetValue(_out) is { } folder)
            SteerFiles.Write(folder, view, result);
        if (arguments.GetValue(_json))
            context.WriteJson(view);
        else
            SteerTables.Print(id, result, context.Console);
        return result.Rows.All(row => row.Grade.IsOrthogonal) ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    /// <summary>With what the truth says of the directions; the methods are done.</summary>
    private static SteerResult Judged(ToyModel toy, string ablate, SteerResult result) => result with
    {
        Rows = [.. result.Rows.Select(row => SteerPurity.Of(toy, ablate, row.Grade.Answer) is { } purity
            ? row with { Purity = purity, LargestCosine = SteerPurity.LargestCosine(toy, row.Grade.Answer) }
            : row)],
    };

    private static ToyModel Model(string id, ComputeSettings settings, int? checkpoint, CommandContext context)
    {
        if (checkpoint is not { } epochs)
            return Plant.Create(id, settings);
        var spec = DigitPattern.Specs.FirstOrDefault(spec => spec.Id == Plant.Entry(id).Id)
            ?? throw new UsageException($"--checkpoint: expected one of {string.Join(", ", DigitPattern.Specs.Select(spec => spec.Id))}, got '{id}'");
        if (epochs > spec.Schedule.Epochs)
            throw new UsageException($"--checkpoint {epochs}: '{id}' is trained for {spec.Schedule.Epochs} epochs");
        if (settings.Disguise is not null || settings.Mnist is not null)
            throw new UsageException("--checkpoint: checkpoints are of the drawn digits and undisguised; leave out --disguise and --mnist");
        return context.Watch($"training {id} for {Plural.Of(epochs, "epoch")}", progress => DigitPattern.Checkpoint(spec, settings.ModelSeed, epochs, progress, context.Cancellation));
    }

    private static string Needed(ParseResult arguments, Option<string?> option, string hint) =>
        arguments.GetValue(option) ?? throw new UsageException($"{option.Name} is needed; {hint}");
}

using System.CommandLine;
using Harness.Grading;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness export</c>: cases for a method that runs elsewhere, without the truth.</summary>
internal sealed class ExportCommand : HarnessCommand
{
    private readonly Argument<string[]> _models = new("MODEL")
    {
        Description = "Ids of models; all of the suite's when left out.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _suite = CliOption.Text("--suite", "A suite instead of models: quick.");

    private readonly Option<string?> _out = CliOption.Text("--out", "The folder to write: new, or empty. The key is written beside it, to OUT.key.json.");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public ExportCommand()
        : base("export", "Write models and data for a method that runs elsewhere; the truth stays in a key beside the folder.",
            "harness export modular-addition superposition-5-2 --disguise permute:3 --out cases")
    {
        Arguments.Add(_models);
        Options.Add(_suite);
        Options.Add(_out);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var settings = _compute.Read(arguments);
        settings.RequireFloat64OnCpu();
        settings.Apply();
        var directory = arguments.GetValue(_out) ?? throw new UsageException("--out DIR is needed: where to write the cases");
        var recipes = Recipes(Models(arguments), settings);
        var key = context.Watch("exporting", _ => CaseExporter.Export(directory, recipes, settings.SingleSeed(), $"harness {RunHeader.Tool().Version}"));
        if (arguments.GetValue(_json))
            context.WriteJson(new { directory, key, cases = recipes.Count });
        else
            context.Output.WriteLine(
                $"{recipes.Count} cases in {directory}; the key is {key} (keep it away from the method).{Environment.NewLine}"
                + $"Next: write decomposition.safetensors into each case's folder, then ./harness grade {directory}");
        return ExitCode.Pass;
    }

    private IReadOnlyList<string> Models(ParseResult arguments)
    {
        var (models, suite) = (arguments.GetValue(_models)!, arguments.GetValue(_suite));
        if (models.Length > 0 && suite is not null)
            throw new UsageException("name models or a suite, not both");
        if (suite is not null && suite != Suite.Quick.Name)
            throw new UsageException(NearestName.Unknown("suite", suite, [Suite.Quick.Name]));
        return models.Length > 0 ? [.. models.Select(id => Plant.Entry(id).Id).Distinct()] : Suite.Quick.Models;
    }

    private static IReadOnlyList<CaseRecipe> Recipes(IReadOnlyList<string> models, ComputeSettings settings)
    {
        var disguise = settings.Disguise ?? CaseDisguise.None;
        foreach (var id in models)
        {
            using var scope = torch.NewDisposeScope();
            Plant.Create(id, settings);
        }
        return [.. models.Select(id => new CaseRecipe(id, settings.ModelSeed, disguise.Kind, disguise.Seed))];
    }
}

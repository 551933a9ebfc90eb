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
        Description = "Ids of models; when left out, all cases of the suite.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly SuiteOptions _suite = new();

    private readonly Option<string?> _out = CliOption.Text("--out", "The folder to write: new, or empty. The key is written beside it, to OUT.key.json.");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public ExportCommand()
        : base("export", "Write models and data for a method that runs elsewhere; the truth stays in a key beside the folder.",
            "harness export modular-addition superposition-5-2 --disguise permute:3 --out cases")
    {
        Arguments.Add(_models);
        _suite.AddTo(this);
        Options.Add(_out);
        _compute.AddTo(this);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var settings = _compute.Read(arguments);
        settings.RequireFloat64OnCpu();
        settings.RequireDrawnDigits();
        settings.Apply();
        var directory = arguments.GetValue(_out) ?? throw new UsageException("--out DIR is needed: where to write the cases");
        var recipes = Recipes(arguments, settings);
        var key = context.Watch("exporting", _ => CaseExporter.Export(directory, recipes, settings.SingleSeed(), $"harness {RunHeader.Tool().Version}"));
        if (arguments.GetValue(_json))
            context.WriteJson(new { directory, key, cases = recipes.Count });
        else
            context.Output.WriteLine(
                $"{recipes.Count} cases in {directory}; the key is {key} (keep it away from the method).{Environment.NewLine}"
                + $"Next: write decomposition.safetensors into each case's folder, then ./harness grade {directory}");
        return ExitCode.Pass;
    }

    /// <summary>Models in the one disguise that was asked for, or none; a suite in each disguise that its models admit, unless one was asked for.</summary>
    private IReadOnlyList<CaseRecipe> Recipes(ParseResult arguments, ComputeSettings settings)
    {
        var (models, chosen) = (arguments.GetValue(_models)!, _suite.Read(arguments));
        if (models.Length > 0 && chosen is not null)
            throw new UsageException("name models or a suite, not both");
        return models.Length > 0 ? OfModels([.. models.Select(id => Plant.Entry(id).Id).Distinct()], settings) : OfSuite(chosen ?? Suite.Quick, settings);
    }

    private static IReadOnlyList<CaseRecipe> OfModels(IReadOnlyList<string> models, ComputeSettings settings)
    {
        var disguise = settings.Disguise ?? CaseDisguise.None;
        foreach (var id in models)
        {
            using var scope = torch.NewDisposeScope();
            Plant.Create(id, settings);
        }
        return [.. models.Select(id => Recipe(id, settings, disguise))];
    }

    private static IReadOnlyList<CaseRecipe> OfSuite(Suite suite, ComputeSettings settings)
    {
        var recipes = new List<CaseRecipe>();
        foreach (var id in suite.Models)
        {
            using var scope = torch.NewDisposeScope();
            var model = Plant.Entry(id).Create(settings.ModelSeed);
            IReadOnlyList<CaseDisguise> disguises = settings.Disguise is { } one ? [one] : suite.Disguises;
            recipes.AddRange(disguises.Where(disguise => disguise.AppliesTo(model)).Select(disguise => Recipe(id, settings, disguise)));
        }
        return recipes.Count > 0 ? recipes : throw new UsageException($"--disguise: no model of the suite {suite.Name} admits {settings.Disguise!.Label}");
    }

    private static CaseRecipe Recipe(string id, ComputeSettings settings, CaseDisguise disguise) =>
        new(id, settings.ModelSeed, disguise.Kind, disguise.Seed);
}

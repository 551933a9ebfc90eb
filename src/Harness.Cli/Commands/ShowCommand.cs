using System.CommandLine;
using Harness.Grading;
using Harness.ToyModels;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness show MODEL</c>: what is planted, in words and numbers, and whether the certificate holds.</summary>
internal sealed class ShowCommand : HarnessCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "A model's id; see harness list models." };

    private readonly ComputeOptions _compute = new();

    private readonly Option<string?> _images = CliOption.Text("--images", "Also draw the first images of its data sets: a PNG file, replaced if it exists.");

    private readonly Option<bool> _json = CliOption.Json();

    public ShowCommand()
        : base("show", "Show a model's parameters, data sets and planted truth, and examine its certificate.", "harness show modular-addition")
    {
        Arguments.Add(_model);
        _compute.AddTo(this);
        Options.Add(_images);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        using var scope = torch.NewDisposeScope();
        var settings = _compute.Read(arguments);
        settings.RequireFloat64OnCpu();
        settings.Apply();
        settings.SingleSeed();
        var id = arguments.GetValue(_model)!;
        var entry = Plant.Entry(id);
        var model = context.Watch($"building {id}", _ => Plant.Create(id, settings));
        if (arguments.GetValue(_images) is { } images)
            ContactSheet.Write(images, model);
        var certificate = context.Watch("examining the certificate", _ => model.Certificate.Examine(model));
        var view = ModelView.Of(entry, model, settings.Disguise ?? CaseDisguise.None, certificate);
        if (arguments.GetValue(_json))
            context.WriteJson(view);
        else
            Print(view, context.Console);
        return certificate.All(result => result.Holds) ? ExitCode.Pass : ExitCode.CheckFailed;
    }

    private static void Print(ModelView view, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{view.Model}[/] (model seed {view.ModelSeed}, disguise {view.Disguise})");
        console.WriteLine(view.Summary);
        console.WriteLine($"Truth ({view.TruthGrade}): {view.Truth}");
        console.WriteLine($"Loss: {view.Loss}. Disguises admitted: {string.Join(", ", view.AdmissibleDisguises.DefaultIfEmpty("none"))}.");
        console.WriteLine();
        console.Write(Table("Parameter", ["shape", "entries"], view.Parameters.Select(p => new[] { p.Name, Shape(p.Shape), $"{p.Entries}" })));
        console.WriteLine($"{view.ParameterCount} parameters");
        console.WriteLine();
        console.Write(Table("Data set", ["samples", "inputs", "targets"], view.DataSets.Select(d => new[] { d.Name, $"{d.Samples}", Shape(d.Inputs), Shape(d.Targets) })));
        if (view.Subnetworks.Count > 0)
            console.Write(Table(
                "Planted subnetwork", ["dimension", "share of θ*", "active on"],
                view.Subnetworks.Select(s => new[] { s.Name, $"{s.Dimension}", s.ComponentShare is { } share ? $"{share:P1}" : "–", $"{s.ActiveFraction:P1}" })));
        console.Write(Table(
            "Certificate", ["measured", "limit", "holds"],
            view.Certificate.Select(c => new[] { $"{c.Name} ({c.Unit})", $"{c.Measured:G4}", $"{(c.AtMost ? "≤" : "≥")} {c.Limit:G4}", c.Holds ? "yes" : "NO" })));
    }

    private static Table Table(string first, string[] others, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var other in others)
            table.AddColumn(new TableColumn(other).RightAligned().NoWrap());
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        return table;
    }

    private static string Shape(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}

using System.CommandLine;
using Harness.Grading;
using Harness.Methods;
using Harness.ToyModels;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness list</c>: what there is to name on a command line.</summary>
internal sealed class ListCommand : HarnessCommand
{
    private static readonly string[] s_subjects = ["models", "suites", "methods", "checks", "miniatures"];

    private readonly Argument<string?> _subject = new("SUBJECT")
    {
        Description = "models, suites, methods, checks or miniatures; all of them when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _approve = CliOption.Text(
        "--approve", $"With suites: measure θ* of every case, and write its fingerprint to {ThetaRegister.FileName} in this folder.");

    private readonly Option<bool> _json = CliOption.Json();

    public ListCommand()
        : base("list", "List the models, suites, methods, checks and miniatures that can be named.", "harness list models")
    {
        Arguments.Add(_subject);
        Options.Add(_approve);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var subject = arguments.GetValue(_subject);
        if (subject is not null && !s_subjects.Contains(subject))
            throw new UsageException(NearestName.Unknown("list", subject, s_subjects));
        var register = ThetaRegister.Default;
        if (arguments.GetValue(_approve) is { } folder)
        {
            if (subject != "suites")
                throw new UsageException("--approve belongs to harness list suites");
            register = context.Watch("measuring θ* of every case", progress => ThetaRegister.Measure(Suite.All, progress));
            register.Write(folder);
        }
        var lists = s_subjects.Where(name => subject is null || name == subject).ToDictionary(name => name, name => Items(name, register, context));
        if (arguments.GetValue(_json))
            context.WriteJson(lists);
        else
            foreach (var (name, items) in lists)
                Print(name, items, context.Console);
        return ExitCode.Pass;
    }

    private static IReadOnlyList<object> Items(string subject, ThetaRegister register, CommandContext context) => subject switch
    {
        "models" => context.Watch("building every model", progress => Models(progress)),
        "suites" => [.. Suite.All.Select(suite => new SuiteItem(suite.Name, suite.Version, suite.Summary, suite.Models, Cases(suite, register)))],
        "methods" => [.. MethodCatalog.Methods.Select(info => new Item($"builtin:{info.Name}", info.Summary))],
        "miniatures" => [.. MiniatureCatalog.All.Select(miniature => new Item(miniature.Selector, miniature.Summary))],
        _ => [.. CheckCatalog.All.Select(check => new Item(check.Id, check.Summary))],
    };

    private static IReadOnlyList<object> Models(IProgress<double> progress)
    {
        var entries = ToyModelCatalog.Entries;
        var models = new List<object>();
        // The first tensor of a process loads libtorch, which is no model's doing.
        torch.zeros(1).Dispose();
        foreach (var entry in entries)
        {
            models.Add(ModelSummary.Of(entry));
            progress.Report((double)models.Count / entries.Count);
        }
        return models;
    }

    private static IReadOnlyDictionary<string, string> Cases(Suite suite, ThetaRegister register) =>
        register.Of(suite).ToDictionary(name => name, name => register.Cases[name]);

    private static void Print(string title, IReadOnlyList<object> items, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        console.Write(Table(items));
        console.WriteLine();
    }

    private static Table Table(IReadOnlyList<object> items)
    {
        var table = new Table().Border(TableBorder.None);
        switch (items.FirstOrDefault())
        {
            case ModelSummary:
                Columns(table, "", "truth", ">parameters", ">subnetworks", "readable", ">built in", "");
                foreach (var one in items.Cast<ModelSummary>())
                    Row(
                        table, one.Name, $"{one.TruthGrade}", $"{one.Parameters}", one.Subnetworks == 0 ? "–" : $"{one.Subnetworks}", one.ReadableText,
                        $"{one.Seconds:F2} s", FirstSentence(one.Summary));
                break;
            case SuiteItem:
                Columns(table, "", "version", ">models", ">cases", "");
                foreach (var one in items.Cast<SuiteItem>())
                    Row(table, one.Name, one.Version, $"{one.Models.Count}", $"{one.Theta.Count}", one.Summary);
                break;
            default:
                table.HideHeaders();
                Columns(table, "", "");
                foreach (var one in items.Cast<Item>())
                    Row(table, one.Name, FirstSentence(one.Summary));
                break;
        }
        return table;
    }

    /// <summary>The last column wraps, the others do not; <c>&gt;</c> aligns to the right.</summary>
    private static void Columns(Table table, params string[] headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            var column = new TableColumn(headers[i].TrimStart('>'));
            if (headers[i].StartsWith('>'))
                column.RightAligned();
            table.AddColumn(i < headers.Length - 1 ? column.NoWrap() : column);
        }
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    // Enough to choose by; show and --json have the rest.
    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 1)] : text;

    /// <summary>One line of a list.</summary>
    private sealed record Item(string Name, string Summary);

    /// <summary>A suite, with the fingerprint of θ* of every case.</summary>
    private sealed record SuiteItem(string Name, string Version, string Summary, IReadOnlyList<string> Models, IReadOnlyDictionary<string, string> Theta);
}

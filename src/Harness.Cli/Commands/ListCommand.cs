using System.CommandLine;
using Harness.Grading;
using Harness.Methods;
using Harness.ToyModels;
using Spectre.Console;

namespace Harness.Cli;

/// <summary><c>harness list</c>: what there is to name on a command line.</summary>
internal sealed class ListCommand : HarnessCommand
{
    private static readonly string[] s_subjects = ["models", "methods", "checks", "miniatures"];

    private readonly Argument<string?> _subject = new("SUBJECT")
    {
        Description = "models, methods, checks or miniatures; all of them when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = CliOption.Json();

    public ListCommand()
        : base("list", "List the models, methods, checks and miniatures that can be named.", "harness list models")
    {
        Arguments.Add(_subject);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var subject = arguments.GetValue(_subject);
        if (subject is not null && !s_subjects.Contains(subject))
            throw new UsageException(NearestName.Unknown("list", subject, s_subjects));
        var lists = s_subjects.Where(name => subject is null || name == subject).ToDictionary(name => name, Items);
        if (arguments.GetValue(_json))
            context.WriteJson(lists);
        else
            foreach (var (name, items) in lists)
                Print(name, items, context.Console);
        return ExitCode.Pass;
    }

    private static IReadOnlyList<Item> Items(string subject) => subject switch
    {
        "models" => [.. ToyModelCatalog.Entries.Select(entry => new Item(entry.Id, entry.Summary))],
        "methods" => [.. MethodCatalog.Methods.Select(info => new Item($"builtin:{info.Name}", info.Summary))],
        "miniatures" => [.. MiniatureCatalog.All.Select(miniature => new Item(miniature.Selector, miniature.Summary))],
        _ => [.. CheckCatalog.All.Select(check => new Item(check.Id, check.Summary))],
    };

    private static void Print(string title, IReadOnlyList<Item> items, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var item in items)
            table.AddRow(new Text(item.Name), new Text(FirstSentence(item.Summary)));
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        console.Write(table);
        console.WriteLine();
    }

    // Enough to choose by; show and --json have the rest.
    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 1)] : text;

    /// <summary>One line of a list.</summary>
    private sealed record Item(string Name, string Summary);
}

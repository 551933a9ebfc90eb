using System.CommandLine;
using Harness.Grading;
using Spectre.Console;

namespace Harness.Cli;

/// <summary><c>harness merge RUN… --out RUN</c>: the shards of a run become one record.</summary>
internal sealed class MergeCommand : HarnessCommand
{
    private readonly Argument<string[]> _runs = new("RUN") { Description = "The folders or records of all shards, in any order.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string?> _out = CliOption.Text("--out", "Folder of the whole record, results.jsonl.");

    public MergeCommand()
        : base("merge", """
            Put the shards of one run together: what comes out is what one run would have recorded.

            Shards that are partial, missing or given twice, of different commands, versions or settings, or with cases that do not belong to them are refused.
            """, "harness merge results/one results/two --out results/whole")
    {
        Arguments.Add(_runs);
        Options.Add(_out);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var folder = arguments.GetValue(_out) ?? throw new UsageException("--out DIR is needed: the folder of the whole record");
        var record = ShardMerge.Of([.. arguments.GetValue(_runs)!.Select(path => (path, RecordArgument.Read(path)))]);
        var path = Path.Combine(folder, RunRecord.FileName);
        using (var writer = RunWriter.Create(path, record.Header))
        {
            foreach (var line in record.Cases)
                writer.Append(line);
            writer.Append(record.Footer!);
        }
        context.Console.WriteLine($"{path}: {record.Cases.Count} cases of {arguments.GetValue(_runs)!.Length} shards");
        return ExitCode.Pass;
    }
}

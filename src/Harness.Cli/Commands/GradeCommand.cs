using System.CommandLine;
using System.Globalization;
using Harness.Grading;
using Harness.Reporting;
using Spectre.Console;
using TorchSharp;

namespace Harness.Cli;

/// <summary><c>harness grade</c>: runs methods on toy models, or reads a submission, and says what they found.</summary>
internal sealed class GradeCommand : HarnessCommand
{
    /// <summary>A few cases explain themselves; more are a report of their own.</summary>
    private const int MostExplained = 4;

    private readonly Argument<string?> _submission = new("DIR")
    {
        Description = "A folder that harness export wrote, with answers in it. Left out: methods are run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _methods = new("--method")
    {
        Description = "builtin:NAME, builtin:miniature/NAME (or a pattern), dll:PATH#TYPE or file:PATH.safetensors; may be repeated. Default: every built-in method.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _models = new("--model")
    {
        Description = "A model's id, or a pattern with * and ?; may be repeated. Default: all of the suite.",
    };

    private readonly SuiteOptions _suite = new();

    private readonly Option<string?> _key = CliOption.Text("--key", "The submission's key. Default: DIR.key.json.");

    private readonly Option<string?> _out = CliOption.Text("--out", "Folder of the run record, results.jsonl. Default: a new folder under results.");

    private readonly Option<bool> _resume = CliOption.Switch("--resume", "Go on with the record in --out: cases that are in it are not run again.");

    private readonly Option<(int Index, int Count)?> _shard = CliOption.Parsed<(int, int)?>(
        "--shard", "Run part K of N only, e.g. 1/2; harness merge puts the parts together.", null, "K/N with 1 ≤ K ≤ N ≤ 1000, e.g. 1/2", ReadShard);

    private readonly Option<string?> _expected = CliOption.Text(
        "--expected", "A ledger of expected failures (JSON): they do not set the exit code; entries that are stale, or pass now, are named.");

    private readonly Option<double> _budget = CliOption.Positive("--budget", "Seconds that a method may take for a case.", double.PositiveInfinity, maximum: 1e6);

    private readonly Option<bool> _equivariance = CliOption.Switch(
        "--equivariance", "Also ask every method equivalent questions (units permuted, samples reordered or doubled, tensors renamed …), which must have one answer.");

    private readonly ComputeOptions _compute = new();

    private readonly Option<bool> _json = CliOption.Json();

    public GradeCommand()
        : base("grade", """
            Grade methods on planted models. Without arguments: every built-in method on the quick suite.

            Oracles and nulls are graded beside every method. Exit code: 0 if every method that was named clears its bars, 1 if one does not, 2 if
            too few --seeds say so. In the leaderboard without --method scores below a bar are shown and do not set the code; errors and broken
            identities (--equivariance) always do.
            """, "harness grade --method builtin:unit-clusters --model 'superposition-*' --disguise permute:3")
    {
        Arguments.Add(_submission);
        foreach (var option in new Option[] { _methods, _models, _key, _out, _resume, _shard, _expected, _budget, _equivariance })
            Options.Add(option);
        _suite.AddTo(this);
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
        var (submission, methods, models) = (arguments.GetValue(_submission), arguments.GetValue(_methods)!, arguments.GetValue(_models)!);
        var chosen = _suite.Read(arguments);
        if (submission is not null && (methods.Length > 0 || models.Length > 0 || settings.Disguise is not null || chosen is not null))
            throw new UsageException("a submission says itself what it answers: leave out --method, --model, --suite and --disguise");
        if (submission is not null && arguments.GetValue(_equivariance))
            throw new UsageException("--equivariance asks a method again and again; a submission has answered once");
        if (submission is not null && arguments.GetValue(_shard) is not null)
            throw new UsageException("--shard parts a run of methods; a submission is graded at once");
        var suite = chosen ?? Suite.Quick;
        // Before hours of methods: a ledger that cannot be read is an error at once.
        var ledger = arguments.GetValue(_expected) is { } file ? ExpectedFailures.Read(file) : null;
        var budget = arguments.GetValue(_budget);
        var plans = submission is not null
            ? GradePlans.OfSubmission(submission, arguments.GetValue(_key))
            : [GradePlans.OfMethods(suite, methods, models, settings, double.IsInfinity(budget) ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(budget))];
        if (arguments.GetValue(_equivariance))
            plans = [.. plans.Select(plan => plan with { Equivariance = true })];
        if (arguments.GetValue(_shard) is { } part)
            plans = [.. plans.Select(plan => plan with { Shard = plan.ShardOf(part.Index, part.Count) })];
        using var record = RecordFile.Open(arguments.GetValue(_out), arguments.GetValue(_resume), () => RunHeader.Of(
            ["grade", .. arguments.Tokens.Skip(1).Select(token => token.Value)], suite.Description, settings) with { Shard = plans[0].Shard });
        try
        {
            // What a plug-in prints is no part of the answer.
            using (StandardOutput.ToError())
                context.Watch("grading", progress => record.Run(plans, progress, context.Cancellation));
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Error.WriteLine($"harness: the record so far is {record.Path}; the same options with --resume --out {record.Folder} go on with it");
            throw;
        }

        var run = RunRecord.Read(record.Path);
        foreach (var remark in run.Cases.Select(line => line.Value(ThetaRegister.Check)?.Reason).OfType<string>().Distinct())
            context.Error.WriteLine($"harness: {remark}");
        if (arguments.GetValue(_json))
            context.Output.WriteLine(RunDocument.ToJson(run));
        else
        {
            LeaderboardTables.Write(context.Console, run);
            if (CaseExplanations.Cases(run).Count <= MostExplained)
                CaseExplanations.Write(context.Console, run);
            else
                context.Console.WriteLine($"Why a score is what it is: harness report {record.Folder} --format why");
            context.Console.WriteLine($"Record: {record.Path}");
        }
        return RunOutcome.ExitCode(ledger is null ? run.Cases : Excused(ledger, run.Cases, context), methodsWereNamed: submission is not null || methods.Length > 0);
    }

    private static IReadOnlyList<CaseLine> Excused(ExpectedFailures ledger, IReadOnlyList<CaseLine> cases, CommandContext context)
    {
        foreach (var entry in ledger.Stale(cases))
            context.Error.WriteLine($"harness: expected failure '{entry}' is stale: nothing that was run is meant by it ({entry.Reason})");
        foreach (var entry in ledger.Passing(cases))
            context.Error.WriteLine($"harness: expected failure '{entry}' passes: take it out of the ledger ({entry.Reason})");
        if (ledger.Count(cases) is > 0 and var count)
            context.Error.WriteLine($"harness: {count} {(count == 1 ? "failure was" : "failures were")} expected");
        return ledger.Excuse(cases);
    }

    private static (bool, (int, int)?) ReadShard(string text) =>
        text.Split('/') is [var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && index >= 1 && index <= count && count <= 1000
            ? (true, (index, count))
            : (false, null);
}

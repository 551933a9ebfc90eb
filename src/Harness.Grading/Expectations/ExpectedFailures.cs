using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>
/// The ledger of failures that are known: those do not fail a run, and nothing else is let pass. An entry that concerns nothing is stale; one of which nothing
/// fails any more is to be taken out. Both are said, so that a ledger does not outlive what it was written for.
/// </summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Entries">The entries.</param>
public sealed record ExpectedFailures(string Schema, IReadOnlyList<ExpectedFailure> Entries)
{
    /// <summary>The only schema this version reads.</summary>
    public const string CurrentSchema = "expected-failures/1";

    /// <summary>Reads a ledger: <c>{"schema": "expected-failures/1", "entries": [{"case": …, "check": …, "reason": …}]}</c>.</summary>
    /// <exception cref="SubmissionException">The file is no ledger, or an entry says neither case nor check, or no reason.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ExpectedFailures Read(string path)
    {
        var ledger = InterchangeJson.Read<ExpectedFailures>(path, $"a ledger of expected failures, schema {CurrentSchema}");
        if (ledger.Schema != CurrentSchema)
            throw new SubmissionException(path, "schema", $"is '{ledger.Schema}', expected '{CurrentSchema}'.");
        for (var k = 0; k < ledger.Entries.Count; k++)
        {
            if (ledger.Entries[k] is { Case: null, Check: null })
                throw new SubmissionException(path, $"entries[{k}]", "names neither a case nor a check: it would let everything pass.");
            if (string.IsNullOrWhiteSpace(ledger.Entries[k].Reason))
                throw new SubmissionException(path, $"entries[{k}].reason", "is empty: a failure is let pass for a reason.");
        }
        return ledger;
    }

    /// <summary>The cases with their expected failures skipped, for the exit code; whatever else a case has stays as it is.</summary>
    public IReadOnlyList<CaseLine> Excuse(IReadOnlyList<CaseLine> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return [.. cases.Select(line => line with { Values = [.. line.Values.Select(value => Excuse(line, value))] })];
    }

    /// <summary>How many failures of methods were expected.</summary>
    public int Count(IReadOnlyList<CaseLine> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return cases.Sum(line => line.Values.Count(value => Fails(value) && Entries.Any(entry => entry.Concerns(line, value))));
    }

    /// <summary>Entries that concern no check with a verdict: of models, methods or checks that are gone, or were not run.</summary>
    public IReadOnlyList<ExpectedFailure> Stale(IReadOnlyList<CaseLine> cases) => [.. Entries.Where(entry => !Concerned(entry, cases).Any())];

    /// <summary>Entries of which everything that they concern passes now.</summary>
    public IReadOnlyList<ExpectedFailure> Passing(IReadOnlyList<CaseLine> cases) =>
        [.. Entries.Where(entry => Concerned(entry, cases).ToList() is { Count: > 0 } values && values.All(value => value.Verdict == Verdict.Pass))];

    private CheckValue Excuse(CaseLine line, CheckValue value) => Fails(value) && Entries.FirstOrDefault(entry => entry.Concerns(line, value)) is { } entry
        ? value with { Verdict = Verdict.Skipped, Reason = $"expected to fail: {entry.Reason}" }
        : value;

    private static IEnumerable<CheckValue> Concerned(ExpectedFailure entry, IReadOnlyList<CaseLine> cases) =>
        cases.SelectMany(line => line.Values.Where(value => value.Verdict is not null && entry.Concerns(line, value)));

    private static bool Fails(CheckValue value) => value.Verdict is Verdict.Fail or Verdict.Errored;
}

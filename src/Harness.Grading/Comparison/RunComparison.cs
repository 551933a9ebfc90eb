namespace Harness.Grading;

/// <summary>
/// A run beside a baseline, joined by key, number by number: those that chance has no part in by their tolerance class, those that vary with the seed by a
/// one-sided Welch test of their per-seed values, Holm-corrected over all of them.
/// </summary>
/// <remarks>
/// A number varies with the seed if the baseline's are not all equal within its tolerance: where they are, one seed that moves is a change. Lines over seeds
/// sum those numbers up and have no tests of their own: they are compared where every seed of theirs is unchanged by tolerance. Costs are not compared.
/// </remarks>
/// <param name="Changes">Every number, the worst first.</param>
/// <param name="IsPartial">Whether the current record lacks its end.</param>
/// <param name="Remarks">What makes the two records hard to compare: other versions, suites, machines.</param>
public sealed record RunComparison(IReadOnlyList<CheckChange> Changes, bool IsPartial, IReadOnlyList<string> Remarks)
{
    /// <summary>Compares two records.</summary>
    /// <exception cref="InvalidDataException">The baseline is partial or has a case twice, or a record names a tolerance that there is not.</exception>
    public static RunComparison Of(RunRecord baseline, RunRecord current)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(current);
        if (!baseline.IsComplete)
            throw new InvalidDataException("The baseline is partial: cases that it lacks would look new. Resume its run, or choose another one.");
        var (before, now) = (ByKey(baseline, "baseline"), ByKey(current, "current record"));
        var (changes, samples, moved) = (new List<CheckChange>(), new List<SeedSample>(), new HashSet<CaseKey>());
        changes.AddRange(baseline.Cases.Where(line => !now.ContainsKey(line.Key)).Select(line => new CheckChange($"{line.Key}", null, ChangeKind.Missing) { Replay = line.Replay }));
        changes.AddRange(current.Cases.Where(line => !before.ContainsKey(line.Key)).Select(Unknown));
        var pairs = baseline.Cases.Where(line => now.ContainsKey(line.Key)).Select(line => (Baseline: line, Current: now[line.Key])).ToList();
        foreach (var seeds in pairs.Where(pair => pair.Baseline.Kind != CaseLine.Stability).GroupBy(pair => Seedless(pair.Baseline.Key)))
            foreach (var check in seeds.SelectMany(pair => Checks(pair.Baseline, pair.Current)).Distinct())
            {
                var values = seeds.Select(pair => new ValuePair($"{pair.Baseline.Key}", pair.Baseline.Value(check), pair.Current.Value(check), pair.Current.Replay))
                    .Where(pair => pair.Baseline is not null || pair.Current is not null).ToList();
                var each = values.Select(pair => pair.Change()).ToList();
                if (each.Any(change => change.Kind != ChangeKind.Unchanged))
                    moved.Add(WithoutOptions(seeds.Key));
                if (each.All(change => change.Kind == ChangeKind.Unchanged) || Sample(check, values) is not { } sample)
                    changes.AddRange(each);
                else
                    samples.Add(sample);
            }
        changes.AddRange(SeedSample.Changes(samples));
        foreach (var (first, second) in pairs.Where(pair => pair.Baseline.Kind == CaseLine.Stability && !moved.Contains(WithoutOptions(Seedless(pair.Baseline.Key)))))
            changes.AddRange(Checks(first, second).Select(check => new ValuePair($"{first.Key}", first.Value(check), second.Value(check), second.Replay).Change()));
        return new RunComparison(
            [.. changes.OrderBy(change => change.Kind).ThenByDescending(change => change.Size)], !current.IsComplete, [.. RemarksOn(baseline.Header, current.Header)]);
    }

    /// <summary>How many numbers and cases are of a kind.</summary>
    public int Count(ChangeKind kind) => Changes.Count(change => change.Kind == kind);

    /// <summary>The exit code: 1 where anything regressed or is missing, or the run did not end; else 0.</summary>
    public int ExitCode() => IsPartial || Changes.Any(change => change.Kind is ChangeKind.Regressed or ChangeKind.Missing) ? 1 : 0;

    private static Dictionary<CaseKey, CaseLine> ByKey(RunRecord record, string name)
    {
        var cases = new Dictionary<CaseKey, CaseLine>();
        foreach (var line in record.Cases)
            if (!cases.TryAdd(line.Key, line))
                throw new InvalidDataException($"The {name} has the case {line.Key} twice; there is no telling which of them counts.");
        return cases;
    }

    /// <summary>A case that the baseline does not have; where the method erred, that is no news to be passed over.</summary>
    private static CheckChange Unknown(CaseLine line) =>
        new($"{line.Key}", null, line.MergedVerdict() == Verdict.Errored ? ChangeKind.Regressed : ChangeKind.New)
        {
            Replay = line.Replay, Reason = line.Values.FirstOrDefault(value => value.Verdict == Verdict.Errored)?.Reason,
        };

    private static IEnumerable<string> Checks(CaseLine first, CaseLine second) => first.Values.Concat(second.Values).Select(value => value.Check).Distinct();

    /// <summary>The check as a sample over seeds; null where chance has no part in it, or no test applies.</summary>
    private static SeedSample? Sample(string check, IReadOnlyList<ValuePair> values)
    {
        var (first, second) = (values.Select(pair => pair.Baseline?.Value ?? double.NaN).ToList(), values.Select(pair => pair.Current?.Value ?? double.NaN).ToList());
        if (values.Count < 2 || values[0].Baseline?.Direction is not { } direction || !first.Concat(second).All(double.IsFinite))
            return null;
        var limit = values.Max(pair => ComparisonTolerance.Limit(pair.Baseline!, pair.Current!));
        return first.Max() - first.Min() <= limit
            ? null
            : new SeedSample($"{values[0].Case} and {values.Count - 1} more", check, direction, first, second, values[0].Replay);
    }

    private static CaseKey Seedless(CaseKey key) => key with { Seed = 0 };

    private static CaseKey WithoutOptions(CaseKey key) => key with { OptionsHash = "" };

    private static IEnumerable<string> RemarksOn(HeaderLine baseline, HeaderLine current)
    {
        if (baseline.Suite != current.Suite)
            yield return $"the baseline is of suite {baseline.Suite.Name} {baseline.Suite.Version}, the run of {current.Suite.Name} {current.Suite.Version}";
        if (baseline.Environment != current.Environment)
            yield return $"the baseline was measured elsewhere: {baseline.Environment.Machine}, {baseline.Environment.Blas}, {baseline.Environment.Device}, {baseline.Environment.Dtype}";
        if (baseline.Tool != current.Tool)
            yield return $"the baseline is of version {baseline.Tool.Version}+{baseline.Tool.Commit}, the run of {current.Tool.Version}+{current.Tool.Commit}";
    }
}

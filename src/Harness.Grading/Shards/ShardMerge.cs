namespace Harness.Grading;

/// <summary>Puts the shards of one run together. What it returns is what one run would have recorded, apart from times.</summary>
public static class ShardMerge
{
    /// <summary>The whole record, its cases in the order of one run.</summary>
    /// <param name="shards">Name (for messages) and record of each part, in any order.</param>
    /// <exception cref="InvalidDataException">
    /// A record is partial or no shard; two are of different runs, versions or settings; a shard is missing or given twice; a case is in two, or where it does not
    /// belong. The message names the record.
    /// </exception>
    public static RunRecord Of(IReadOnlyList<(string Name, RunRecord Record)> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count == 0)
            throw new InvalidDataException("There is nothing to merge.");
        foreach (var (name, record) in shards)
            CheckAlone(name, record);
        var (firstName, first) = shards[0];
        foreach (var (name, record) in shards.Skip(1))
            CheckTogether(firstName, first.Header, name, record.Header);
        var count = first.Header.Shard!.Count;
        if (shards.GroupBy(one => one.Record.Header.Shard!.Index).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"Shard {twice.Key} of {count} is given twice: {string.Join(" and ", twice.Select(one => one.Name))}.");
        if (Enumerable.Range(1, count).Except(shards.Select(one => one.Record.Header.Shard!.Index)).ToList() is { Count: > 0 } gaps)
            throw new InvalidDataException($"Of {count} shards {string.Join(", ", gaps)} {(gaps.Count == 1 ? "is" : "are")} missing.");
        var cases = InOrder(first.Header.Shard.Units, shards);
        return new RunRecord(
            first.Header with { Shard = null, Command = Asked(first.Header.Command), Started = shards.Min(one => one.Record.Header.Started) }, cases,
            FooterLine.Of(cases, true, TimeSpan.FromSeconds(shards.Sum(one => one.Record.Footer!.Seconds))));
    }

    /// <summary>A command line without what differs between the shards of a run, and between a run and its resumption.</summary>
    public static IReadOnlyList<string> Asked(IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        string[] switches = ["--resume", "--json"], options = ["--out", "--shard", "--expected"];
        return [.. command.Where((word, k) => !switches.Contains(word) && !options.Contains(word) && (k == 0 || !options.Contains(command[k - 1])))];
    }

    private static void CheckAlone(string name, RunRecord record)
    {
        if (record.Header.Shard is not { } shard)
            throw new InvalidDataException($"{name} is no shard: it was not run with --shard K/N.");
        if (!record.HasEnded)
            throw new InvalidDataException($"{name}, shard {shard.Index} of {shard.Count}, is partial: go on with it by --resume.");
        var seen = new HashSet<CaseKey>();
        foreach (var line in record.Cases)
        {
            var unit = RunShard.UnitOf(line.Key);
            if (!shard.Units.Contains(unit) || !shard.Owns(unit))
                throw new InvalidDataException($"{name}, shard {shard.Index} of {shard.Count}, has the case {line.Key}, which does not belong to it.");
            if (!seen.Add(line.Key))
                throw new InvalidDataException($"{name} has the case {line.Key} twice.");
        }
    }

    private static void CheckTogether(string firstName, HeaderLine first, string name, HeaderLine other)
    {
        void Same<T>(T one, T two, string what)
        {
            if (!EqualityComparer<T>.Default.Equals(one, two))
                throw new InvalidDataException($"{firstName} and {name} are of different {what}: {one} and {two}.");
        }

        Same($"{first.Tool.Version}+{first.Tool.Commit}, dirty {first.Tool.Dirty}", $"{other.Tool.Version}+{other.Tool.Commit}, dirty {other.Tool.Dirty}", "versions");
        Same(first.Suite, other.Suite, "suites");
        Same(string.Join(' ', first.Seeds), string.Join(' ', other.Seeds), "seeds");
        Same(string.Join(' ', Asked(first.Command)), string.Join(' ', Asked(other.Command)), "commands");
        Same(Settings(first.Environment), Settings(other.Environment), "settings");
        Same(first.Shard!.Count, other.Shard!.Count, "numbers of shards");
        Same(string.Join(' ', first.Shard.Units), string.Join(' ', other.Shard.Units), "cases");
    }

    /// <summary>What must be equal for numbers to be; shards may run on machines of different names and sizes.</summary>
    private static string Settings(EnvironmentDescription environment) =>
        $"{environment.Device}, {environment.Dtype}, {environment.Threads} threads, libtorch {environment.Libtorch}, packages {environment.PackageSet}";

    /// <summary>Unit after unit; equivalent questions about a model come after the last of its units, as they do in one run.</summary>
    private static List<CaseLine> InOrder(IReadOnlyList<string> units, IReadOnlyList<(string Name, RunRecord Record)> shards)
    {
        var position = units.Index().ToDictionary(unit => unit.Item, unit => unit.Index);
        int Place(CaseLine line)
        {
            var own = position[RunShard.UnitOf(line.Key)];
            var model = RunShard.UnitOf(line.Key.Model, line.Key.ModelSeed, "");
            return line.Kind == CaseLine.Equivariance ? 2 * units.Index().Last(unit => unit.Item.StartsWith(model, StringComparison.Ordinal)).Index + 1 : 2 * own;
        }
        return [.. shards.SelectMany(one => one.Record.Cases).OrderBy(Place)];
    }
}

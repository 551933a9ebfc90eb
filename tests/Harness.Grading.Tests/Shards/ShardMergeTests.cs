using FsCheck.Xunit;
using Harness.Models;

namespace Harness.Grading.Tests;

/// <summary>Parts of a run, and what they are put together to.</summary>
public sealed class ShardMergeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static GradePlan Plan { get; } = new()
    {
        Models = ["superposition-5-2-untied", "direct-sum", "superposition-5-2"], Disguises = CaseDisguise.Each, Seeds = [3, 4],
        Methods = [.. new[] { "oracle", "oracle-noise-50", "theta-star" }.Select(name => GradedMethod.Of(MiniatureCatalog.Get(name)) with
        {
            Role = name == "oracle-noise-50" ? MethodRole.Method : MiniatureCatalog.Get(name).Role,
        })],
    };

    /// <summary>
    /// Every unit belongs to exactly one shard, which does not depend on what else is run. The mutant that deals units out by their place in the run gives one
    /// that comes first to everybody another shard.
    /// </summary>
    [Property(MaxTest = 50)]
    public void Every_unit_has_one_shard_and_keeps_it(ulong seed)
    {
        var random = new RandomSource(seed);
        var units = Enumerable.Range(0, 12).Select(_ => RunShard.UnitOf($"model-{random.NextInt32(50)}", (ulong)random.NextInt32(3), "permute:0")).Distinct().ToList();
        var count = 2 + random.NextInt32(4);
        int Hashed(IReadOnlyList<string> all, string unit) => Enumerable.Range(1, count).Single(index => new RunShard(index, count, all).Owns(unit));
        int Dealt(IReadOnlyList<string> all, string unit) => 1 + all.Index().Single(one => one.Item == unit).Index % count;
        bool Holds(Func<IReadOnlyList<string>, string, int> shard) => units.All(unit => shard(units, unit) == shard(["new@0/none", .. units], unit));
        Assert.True(Holds(Hashed));
        Assert.False(Holds(Dealt));
    }

    /// <summary>Merged shards are the whole run, line by line, in its order, apart from times. Rejects a shard that takes a unit too many or too few.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Shards_put_together_are_the_whole_run(int count)
    {
        static IEnumerable<string> Timeless(RunRecord record) => record.Cases.Select(line => RunJson.Write(line with { Cost = new CaseCost(null, null, null, null) }));
        var whole = Run(Plan);
        var shards = Enumerable.Range(1, count).Select(index => ($"part {index}", Run(Plan with { Shard = Plan.ShardOf(index, count) }))).Reverse().ToList();
        Assert.All(shards, shard => Assert.InRange(shard.Item2.Cases.Count, 1, whole.Cases.Count - 1));
        Assert.All(shards, shard => Assert.False(shard.Item2.IsComplete));
        var merged = ShardMerge.Of(shards);
        Assert.Equal(Timeless(whole), Timeless(merged));
        Assert.True(merged.IsComplete);
        Assert.Equal(whole.Footer!.Counts, merged.Footer!.Counts);
        Assert.Null(merged.Header.Shard);
    }

    /// <summary>What is said of a whole model stands after the last of its units, as in one run.</summary>
    [Fact]
    public void Equivalent_questions_come_after_the_model()
    {
        string[] units = ["a@0/none", "a@0/permute:0", "ab@0/none"];
        CaseLine Line(string model, string disguise, string kind = CaseLine.Decomposition) =>
            TestRuns.Line("m", 0) with { Key = new CaseKey(model, 0, disguise, "m", kind[..4], 0), Kind = kind };
        CaseLine[] whole = [Line("a", "none"), Line("a", "permute:0"), Line("a", "none", CaseLine.Equivariance), Line("ab", "none")];
        var shards = Enumerable.Range(1, 2).Select(index => Part(index, 2, units, whole)).ToList();
        Assert.Equal(whole.Select(line => line.Key), ShardMerge.Of(shards).Cases.Select(line => line.Key));
    }

    [Fact]
    public void What_does_not_belong_together_is_refused_by_name()
    {
        string[] units = [.. Enumerable.Range(0, 8).Select(k => $"model-{k}@0/none")];
        CaseLine[] cases = [.. units.Select(unit => TestRuns.Line("m", 0) with { Key = new CaseKey(unit.Split('@')[0], 0, "none", "m", "00000000", 0) })];
        (string Name, RunRecord Record) one = Part(1, 2, units, cases), two = Part(2, 2, units, cases);
        Assert.Equal(cases.Length, ShardMerge.Of([two, one]).Cases.Count);

        Refused("There is nothing to merge.");
        Refused("Of 2 shards 2 is missing.", one);
        Refused("Shard 1 of 2 is given twice: part 1 and part 1.", one, one);
        Refused("part 1 is no shard", one with { Record = TestRuns.Of(one.Record.Cases) }, two);
        Refused("part 2, shard 2 of 2, is partial", one, two with { Record = two.Record with { Footer = null } });
        Refused("does not belong to it", one with { Record = one.Record with { Cases = [.. one.Record.Cases, two.Record.Cases[0]] } }, two);
        Refused("part 1 has the case", one with { Record = one.Record with { Cases = [.. one.Record.Cases, one.Record.Cases[0]] } }, two);
        Refused("of different versions", one, With(two, header => header with { Tool = header.Tool with { Commit = "abc" } }));
        Refused("of different suites", one, With(two, header => header with { Suite = new SuiteDescription("tiny", "2") }));
        Refused("of different seeds", one, With(two, header => header with { Seeds = [0, 1] }));
        Refused("of different commands", one, With(two, header => header with { Command = ["grade", "--model", "x"] }));
        Refused("of different settings", one, With(two, header => header with { Environment = header.Environment with { Dtype = "float32" } }));
        Refused("of different numbers of shards", one, Part(2, 3, units, cases));
        Refused("of different cases", one, Part(2, 2, [.. units, "more@0/none"], cases));
        Assert.Equal(cases.Length, ShardMerge.Of([one, With(two, header => header with { Environment = header.Environment with { Machine = "another" } })]).Cases.Count);

        static void Refused(string expected, params (string, RunRecord)[] shards) =>
            Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ShardMerge.Of(shards)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_are_compared_without_what_shards_do_not_share() => Assert.Equal(
        ["grade", "--model", "x"], ShardMerge.Asked(["grade", "--shard", "1/2", "--model", "x", "--out", "a", "--resume", "--json"]));

    private static (string Name, RunRecord Record) Part(int index, int count, string[] units, IEnumerable<CaseLine> cases)
    {
        var shard = new RunShard(index, count, units);
        return With(($"part {index}", TestRuns.Of(cases.Where(line => shard.Owns(RunShard.UnitOf(line.Key))))), header => header with { Shard = shard });
    }

    private static (string Name, RunRecord Record) With((string Name, RunRecord Record) part, Func<HeaderLine, HeaderLine> change) =>
        (part.Name, part.Record with { Header = change(part.Record.Header) });

    private RunRecord Run(GradePlan plan)
    {
        var path = _folder[$"{Directory.GetDirectories(_folder.Path).Length}/{RunRecord.FileName}"];
        var header = TestRuns.Of([]).Header with { Shard = plan.Shard };
        using (var writer = RunWriter.Create(path, header))
            GradeRun.Write([plan], writer);
        var schema = new SchemaValidator(RunJson.JsonSchema());
        Assert.Empty(schema.Errors(File.ReadLines(path).First()));
        return RunRecord.Read(path);
    }
}

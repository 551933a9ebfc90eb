using System.Reflection;
using System.Text.RegularExpressions;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// The checks accept the product's grader and the one from the formulas, and reject every faulty one. README.md says which check rejects which; its table is
/// what is tested here, so it cannot be wrong.
/// </summary>
public partial class MutantTests
{
    /// <summary>By far: a rejection at the edge of the tolerance would be luck.</summary>
    private const double Far = 0.01;

    public static TheoryData<string> Checks => [.. RecoveryChecks.All.Keys, .. AxisChecks.All.Keys];

    public static TheoryData<string, string> Rejections()
    {
        var rejections = new TheoryData<string, string>();
        foreach (var (check, mutant) in Table())
            rejections.Add(mutant, check);
        return rejections;
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void The_real_graders_are_accepted(string check)
    {
        Assert.InRange(Off(check, typeof(ProductionRecovery), typeof(ProductionAxes)), 0, Tolerances.RecoveryIdentity);
        Assert.InRange(Off(check, typeof(NaiveRecovery), typeof(NaiveAxes)), 0, Tolerances.RecoveryIdentity);
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Every_mutant_is_rejected(string mutant, string check)
    {
        var type = Assert.Single(Mutants(), type => type.Name == mutant);
        var off = Off(check, type, type);
        Assert.False(off <= Far, $"'{check}' accepts {mutant}: off by {off:g3} only.");
    }

    /// <summary>Kills: a mutant that nothing rejects, a check that rejects nothing, and a table that forgets either.</summary>
    [Fact]
    public void Every_mutant_and_every_check_is_in_the_table()
    {
        var table = Table().ToList();
        Assert.Equal(Mutants().Select(type => type.Name).Order(), table.Select(row => row.Mutant).Distinct().Order());
        Assert.Equal(RecoveryChecks.All.Keys.Concat(AxisChecks.All.Keys).Order(), table.Select(row => row.Check).Distinct().Order());
    }

    private static IEnumerable<Type> Mutants() => typeof(MutantTests).Assembly.GetTypes().Where(type =>
        (type.IsSubclassOf(typeof(NaiveRecovery)) || type.IsSubclassOf(typeof(NaiveAxes))) && type != typeof(ProductionRecovery) && type != typeof(ProductionAxes));

    /// <summary>How far a check says that a grader is off; infinitely where the grader is no longer a number.</summary>
    private static double Off(string check, Type recovery, Type axes)
    {
        using var scope = NewDisposeScope();
        return RecoveryChecks.All.TryGetValue(check, out var of)
            ? of((NaiveRecovery)Activator.CreateInstance(recovery)!)
            : AxisChecks.All[check]((NaiveAxes)Activator.CreateInstance(axes)!);
    }

    /// <summary>Rows <c>| check | `Mutant`, `Mutant` |</c>.</summary>
    private static IEnumerable<(string Check, string Mutant)> Table() =>
        from line in File.ReadLines(Path.Combine(Root(), "tests", "Harness.Grading.Tests", "README.md"))
        let row = Row().Match(line)
        where row.Success
        from mutant in Code().Matches(row.Groups[2].Value)
        select (row.Groups[1].Value, mutant.Groups[1].Value);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Harness.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No Harness.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| (.+?) \| (`.+`) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();
}

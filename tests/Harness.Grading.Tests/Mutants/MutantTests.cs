using Harness.Numerics;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The checks accept the product's grader and the one from the formulas, and reject every faulty one.</summary>
public class MutantTests(ITestOutputHelper output)
{
    public static TheoryData<string> Checks => [.. RecoveryChecks.All.Keys];

    public static TheoryData<string> Mutants =>
    [
        nameof(NoChanceCorrection), nameof(CoverageAgainstEverything), nameof(CoverageIgnored), nameof(ArithmeticMean), nameof(GreedyAssignment), nameof(BestOfEachTruth),
        nameof(NoPullBack), nameof(PushedInsteadOfPulled), nameof(PulledBackAsGradient), nameof(DividedByPlanted), nameof(DividedBySubmitted),
        nameof(SignInsensitiveDice), nameof(CosineForDice), nameof(NothingIsDead), nameof(RowsTakenAsOrthonormal),
    ];

    [Theory]
    [MemberData(nameof(Checks))]
    public void The_real_graders_are_accepted(string check)
    {
        using var scope = NewDisposeScope();
        Assert.InRange(RecoveryChecks.All[check](new ProductionRecovery()), 0, Tolerances.RecoveryIdentity);
        Assert.InRange(RecoveryChecks.All[check](new NaiveRecovery()), 0, Tolerances.RecoveryIdentity);
    }

    /// <summary>By far: a rejection at the edge of the tolerance would be luck.</summary>
    [Theory]
    [MemberData(nameof(Mutants))]
    public void Every_mutant_is_rejected(string name)
    {
        using var scope = NewDisposeScope();
        var mutant = (NaiveRecovery)Activator.CreateInstance(typeof(MutantTests).Assembly.GetType($"{typeof(MutantTests).Namespace}.{name}")!)!;
        var rejections = RecoveryChecks.All.Select(check => (check.Key, Off: check.Value(mutant))).Where(check => !(check.Off <= 0.01)).ToList();
        Assert.NotEmpty(rejections);
        foreach (var (check, off) in rejections)
            output.WriteLine($"{check}: off by {off:0.###}");
    }
}

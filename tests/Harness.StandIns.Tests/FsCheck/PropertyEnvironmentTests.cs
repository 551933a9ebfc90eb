namespace Harness.StandIns.Tests.FsCheck;

/// <summary>The environment variables that steer a run from outside.</summary>
[Collection(nameof(CleanEnvironment))]
public class PropertyEnvironmentTests
{
    /// <summary>
    /// Rejects a replay line that prints the first seed of the run with the last size, or the seed after the case instead of before it.
    /// </summary>
    [Theory]
    [InlineData(nameof(FailingSamples.Bool))]
    [InlineData(nameof(FailingSamples.Record))]
    [InlineData(nameof(FailingSamples.TaskThrows))]
    [InlineData(nameof(FailingSamples.TwoArguments))]
    public void TheReplayLineStartsAtTheSameCaseAndShrinksToTheSameOne(string method)
    {
        var first = InProcess.Run<FailingSamples>(method);
        var replayed = CleanEnvironment.With("HARNESS_REPLAY", first.Replay, () => InProcess.Run<FailingSamples>(method));
        Assert.StartsWith("FsCheck.Xunit.PropertyFailedException : Falsified after 1 test ", replayed.Message);
        Assert.Equal(first.Case("Original:"), replayed.Case("Original:"));
        Assert.Equal(first.Case("Shrunk:"), replayed.Case("Shrunk:"));
        Assert.Equal(first.Replay, replayed.Replay);
    }

    /// <summary>Rejects a HARNESS_REPLAY that an attribute in the source can veto.</summary>
    [Fact]
    public void ReplayFromTheEnvironmentGoesBeforeTheAttribute()
    {
        var report = CleanEnvironment.With("HARNESS_REPLAY", "1,3,5", () => InProcess.Run<FailingSamples>(nameof(FailingSamples.BadReplay)));
        Assert.True(report.Passed, report.Message);
    }

    [Fact]
    public void TwoNumbersReplayTheWholeRun()
    {
        List<int> Cases()
        {
            PassingSamples.Seen.Clear();
            Assert.True(InProcess.Run<PassingSamples>(nameof(PassingSamples.Counts)).Passed);
            return [.. PassingSamples.Seen];
        }

        var once = CleanEnvironment.With("HARNESS_REPLAY", "12345,6789", Cases);
        Assert.Equal(42, once.Count);
        Assert.Equal(once, CleanEnvironment.With("HARNESS_REPLAY", "12345,6789", Cases));
        Assert.NotEqual(once, CleanEnvironment.With("HARNESS_REPLAY", "12346,6789", Cases));
    }

    /// <summary>Rejects a seed that is ignored, that is the same for every property, or that goes before a replay.</summary>
    [Fact]
    public void ASeedFixesTheCasesOfEachProperty()
    {
        List<int> Cases(string method)
        {
            PassingSamples.Seen.Clear();
            Assert.True(InProcess.Run<PassingSamples>(method).Passed);
            return [.. PassingSamples.Seen];
        }
        List<int> Seeded(string seed, string method) => CleanEnvironment.With("HARNESS_PROPERTY_SEED", seed, () => Cases(method));

        var once = Seeded("1", nameof(PassingSamples.Counts));
        Assert.Equal(once, Seeded("1", nameof(PassingSamples.Counts)));
        Assert.NotEqual(once, Seeded("2", nameof(PassingSamples.Counts)));
        Assert.NotEqual(once[..20], Seeded("1", nameof(PassingSamples.UsesClassSettings)).Take(20));
        Assert.Equal(
            CleanEnvironment.With("HARNESS_REPLAY", "12345,6789", () => Cases(nameof(PassingSamples.Counts))),
            CleanEnvironment.With("HARNESS_REPLAY", "12345,6789", () => Seeded("1", nameof(PassingSamples.Counts))));
        Assert.Contains(
            "HARNESS_PROPERTY_SEED is 'x'; expected a non-negative integer",
            CleanEnvironment.With("HARNESS_PROPERTY_SEED", "x", () => InProcess.Run<PassingSamples>(nameof(PassingSamples.Counts))).Message);
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("x10", 420)]
    public void MaxTestIsReplacedOrMultiplied(string value, int expected)
    {
        PassingSamples.Seen.Clear();
        Assert.True(CleanEnvironment.With("HARNESS_MAXTEST", value, () => InProcess.Run<PassingSamples>(nameof(PassingSamples.Counts))).Passed);
        Assert.Equal(expected, PassingSamples.Seen.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("x")]
    [InlineData("-3")]
    [InlineData("many")]
    public void AMaxTestThatCannotBeReadFails(string value)
    {
        var report = CleanEnvironment.With("HARNESS_MAXTEST", value, () => InProcess.Run<PassingSamples>(nameof(PassingSamples.Counts)));
        Assert.Contains($"HARNESS_MAXTEST is '{value}'; expected a positive number", report.Message);
    }
}

using Xunit.Abstractions;
using Xunit.Sdk;

namespace Harness.StandIns.Tests.FsCheck;

/// <summary>What the attribute's settings do. The samples count in static fields, so the tests of this class run one after the other.</summary>
[Collection(nameof(CleanEnvironment))]
public class PropertySettingsTests
{
    /// <summary>Rejects a runner that ignores MaxTest, or that lets the class override the method.</summary>
    [Theory]
    [InlineData(nameof(PassingSamples.Counts), 42)]
    [InlineData(nameof(PassingSamples.UsesClassSettings), 17)]
    public void MaxTestCasesAreRunTheMethodGoingBeforeTheClass(string method, int expected)
    {
        PassingSamples.Seen.Clear();
        var report = InProcess.Run<PassingSamples>(method);
        Assert.True(report.Passed);
        Assert.Equal(expected, PassingSamples.Seen.Count);
        Assert.Equal($"Ok, passed {expected} tests.", report.Output.Trim());
    }

    /// <summary>Rejects a runner that ignores the Arbitrary types: FsCheck's own integers are odd half of the time.</summary>
    [Fact]
    public void ArbitraryTypesReplaceTheGenerators()
    {
        PassingSamples.Seen.Clear();
        Assert.True(InProcess.Run<PassingSamples>(nameof(PassingSamples.Counts)).Passed);
        Assert.All(PassingSamples.Seen, n => Assert.Equal(0, n % 2));
    }

    /// <summary>Rejects a runner that leaves FsCheck's sizes 1 … 100 in force.</summary>
    [Fact]
    public void SizesGrowFromStartSizeToEndSize()
    {
        PassingSamples.Sizes.Clear();
        Assert.True(InProcess.Run<PassingSamples>(nameof(PassingSamples.Sized)).Passed);
        Assert.Equal(3, PassingSamples.Sizes[0]);
        Assert.Equal(9, PassingSamples.Sizes[^1]);
        Assert.Equal(PassingSamples.Sizes.Order(), PassingSamples.Sizes);
    }

    [Fact]
    public void QuietOnSuccessWritesNothing() => Assert.Empty(InProcess.Run<PassingSamples>(nameof(PassingSamples.Quiet)).Output);

    [Fact]
    public void VerboseWritesEveryCase()
    {
        var lines = InProcess.Run<PassingSamples>(nameof(PassingSamples.Verbose)).Output.Split('\n');
        Assert.Equal(3, lines.Count(line => line.StartsWith("  n = ", StringComparison.Ordinal)));
    }

    /// <summary>Rejects a runner that builds the test class itself and forgets its fixtures, its output or its disposal.</summary>
    [Fact]
    public void OutputHelperClassFixtureAndDisposalAreXunits()
    {
        var before = PassingSamples.Disposals;
        var report = InProcess.Run<PassingSamples>(nameof(PassingSamples.WritesAndUsesFixture));
        Assert.True(report.Passed, report.Message);
        Assert.Contains("even: ", report.Output);
        Assert.Equal(before + 1, PassingSamples.Disposals);
    }

    /// <summary>Rejects a runner that counts a discarded case as a passed one, or as a failure.</summary>
    [Fact]
    public void DiscardedCasesAreReplacedByOthers()
    {
        var report = InProcess.Run<PassingSamples>(nameof(PassingSamples.Discards));
        Assert.True(report.Passed, report.Message);
        Assert.Equal("Ok, passed 17 tests.", report.Output.Trim());
    }

    [Fact]
    public void SkippedPropertiesAreNotRun()
    {
        var report = InProcess.Run<PassingSamples>(nameof(PassingSamples.Skipped));
        Assert.Equal((1, 0), (report.Skipped, report.Failed));
    }

    /// <summary>Rejects a test case that loses its method on the way from the discovering process to the executing one.</summary>
    [Fact]
    public void ATestCaseSurvivesSerialization()
    {
        var original = InProcess.Discover(typeof(FailingSamples), nameof(FailingSamples.Bool));
        var copy = SerializationHelper.Deserialize<IXunitTestCase>(SerializationHelper.Serialize(original));
        Assert.Equal("Harness.StandIns.Tests.FsCheck.FailingSamples.Bool", copy.DisplayName);
        Assert.Equal(original.UniqueID, copy.UniqueID);
        Assert.Equal("  n = 10", InProcess.Run(copy).Case("Shrunk:"));
    }
}

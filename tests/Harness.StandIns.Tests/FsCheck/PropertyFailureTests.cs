namespace Harness.StandIns.Tests.FsCheck;

/// <summary>What a falsified property reports.</summary>
[Collection(nameof(CleanEnvironment))]
public class PropertyFailureTests
{
    /// <summary>Rejects a runner that ignores a return value, swallows exceptions, or does not wait for a task.</summary>
    [Theory]
    [InlineData(nameof(FailingSamples.Bool))]
    [InlineData(nameof(FailingSamples.Static))]
    [InlineData(nameof(FailingSamples.Throws))]
    [InlineData(nameof(FailingSamples.Labelled))]
    [InlineData(nameof(FailingSamples.TaskThrows))]
    [InlineData(nameof(FailingSamples.TaskBool))]
    [InlineData(nameof(FailingSamples.TaskProperty))]
    public void EveryReturnTypeFailsAndShrinksToTheSmallestCase(string method)
    {
        var report = InProcess.Run<FailingSamples>(method);
        Assert.Equal(1, report.Failed);
        Assert.Equal("  n = 10", report.Case("Shrunk:"));
    }

    /// <summary>Rejects a report that prints only the shrunk case, or prints it in both places.</summary>
    [Fact]
    public void OriginalIsTheCaseThatWasFoundAndNotTheShrunkOne()
    {
        var originals = Enumerable.Range(0, 5).Select(_ => InProcess.Run<FailingSamples>(nameof(FailingSamples.Bool)).Case("Original:")).ToList();
        Assert.All(originals, original => Assert.True(int.Parse(original.Replace("  n = ", "")) >= 10));
        Assert.Contains(originals, original => original != "  n = 10");
    }

    /// <summary>Rejects shrinking that stops at the whole record and leaves its members alone.</summary>
    [Fact]
    public void RecordsAreGeneratedAndShrunkMemberByMember()
    {
        var report = InProcess.Run<FailingSamples>(nameof(FailingSamples.Record));
        Assert.Contains("Dimension = 7", report.Case("Shrunk:"));
        Assert.Contains("Seed = 0", report.Case("Shrunk:"));
    }

    /// <summary>Rejects a report that prints FsCheck's internal tuple instead of the parameters, or drops the values of an inner ForAll.</summary>
    [Theory]
    [InlineData(nameof(FailingSamples.TwoArguments), "left", "right")]
    [InlineData(nameof(FailingSamples.NineArguments), "a", "b", "c", "d", "e", "f", "g", "h", "i")]
    [InlineData(nameof(FailingSamples.Nested), "outer", "value 1 of ForAll")]
    [InlineData(nameof(FailingSamples.NestedAlone), "value 1 of ForAll")]
    public void EveryArgumentIsNamed(string method, params string[] names)
    {
        var report = InProcess.Run<FailingSamples>(method);
        Assert.Equal(names, report.Case("Original:").Split('\n').Select(line => line.Split('=')[0].Trim()));
        Assert.Equal(names, report.Case("Shrunk:").Split('\n').Select(line => line.Split('=')[0].Trim()));
    }

    /// <summary>Rejects a report whose exception is that of the original case, or that has lost it.</summary>
    [Theory]
    [InlineData(nameof(FailingSamples.Throws))]
    [InlineData(nameof(FailingSamples.TaskThrows))]
    public void TheExceptionIsTheOneOfTheShrunkCase(string method)
    {
        var message = InProcess.Run<FailingSamples>(method).Message;
        Assert.Contains("reached 10", message);
        Assert.DoesNotContain(nameof(AggregateException), message);
    }

    [Fact]
    public void TheMessageHasADocumentedLayout()
    {
        var lines = InProcess.Run<FailingSamples>(nameof(FailingSamples.Labelled)).Message.ReplaceLineEndings("\n").Split('\n');
        Assert.Matches(@"Falsified after \d+ tests? \(\d+ shrinks?\)\.$", lines[0]);
        Assert.Equal("Failing label: below ten", lines[1]);
        Assert.Equal("Original:", lines[2]);
        Assert.Equal("Shrunk:", lines[4]);
        Assert.Matches(
            "^replay: HARNESS_REPLAY='[0-9]+,[0-9]+,[0-9]+' ./harness test --filter " +
            "\"FullyQualifiedName=Harness.StandIns.Tests.FsCheck.FailingSamples.Labelled\"$",
            lines[6]);
        Assert.Matches("^or in the source: \\[Property\\(Replay = \"[0-9]+,[0-9]+,[0-9]+\"\\)\\]$", lines[7]);
    }

    /// <summary>Rejects the runner that counts "no case ever applied" as success.</summary>
    [Fact]
    public void APropertyThatNeverAppliesFails()
    {
        var report = InProcess.Run<FailingSamples>(nameof(FailingSamples.NeverApplies));
        Assert.Equal(1, report.Failed);
        Assert.Contains("Exhausted: only 0 cases passed", report.Message);
    }

    /// <summary>Rejects a runner that quietly falls back to a random seed.</summary>
    [Fact]
    public void AReplayThatCannotBeReadFailsAndSaysSo()
    {
        var report = InProcess.Run<FailingSamples>(nameof(FailingSamples.BadReplay));
        Assert.Contains("The replay '1,2,three' is not 'seed,gamma' or 'seed,gamma,size'", report.Message);
    }

    /// <summary>Rejects a runner that reports success when FsCheck itself throws before the first case.</summary>
    [Fact]
    public void AParameterThatCannotBeGeneratedFails() =>
        Assert.Equal(1, InProcess.Run<FailingSamples>(nameof(FailingSamples.NoGenerator)).Failed);
}

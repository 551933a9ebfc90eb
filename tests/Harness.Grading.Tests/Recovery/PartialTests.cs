using Harness.Numerics;

using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>An answer that touches only some tensors of a subnetwork is flagged: the output-bias trick. Kills a flag that is never, or always, raised.</summary>
public class PartialTests
{
    [Theory]
    [InlineData("superposition-5-2-untied", "output-bias", true)]
    [InlineData("superposition-5-5", "output-bias", true)]
    [InlineData("superposition-5-2-untied", "oracle", false)]
    [InlineData("superposition-5-2-untied", "oracle-noise-10", false)]
    [InlineData("modular-addition", "oracle", false)]
    [InlineData("direct-sum", "oracle", false)]
    public void The_flag_follows_the_tensors(string id, string miniature, bool expected)
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.Of(id);
        var matches = seen.Grade(seen.Answer(miniature))[0].Score!.Matches;
        Assert.NotEmpty(matches);
        Assert.All(matches, match => Assert.Equal(expected, match.IsPartial));
    }

    /// <summary>The extent is a share of all that matters; the coverage a share of what so many directions can have.</summary>
    [Fact]
    public void Extent_and_coverage_differ_for_few_directions()
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.ModularAddition;
        foreach (var match in seen.Grade(seen.Answer("oracle-top-1"))[0].Score!.Matches)
        {
            Assert.Equal(1, match.Coverage!.Value, Tolerances.RecoveryIdentity);
            Assert.Equal(12.5135 / seen.Profile.Sensitivities[match.Planted].Trace, match.Extent!.Value, 1e-5);
        }
    }
}

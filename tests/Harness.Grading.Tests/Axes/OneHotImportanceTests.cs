using Harness.Decompositions;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Claimed activity on inputs with one feature alone.</summary>
public class OneHotImportanceTests
{
    private const double Threshold = CausalImportanceError.DefaultThreshold;

    /// <summary>The truth's own activity is the pattern, in every weight matrix.</summary>
    [Theory]
    [InlineData("superposition-5-2")]
    [InlineData("superposition-5-2-untied")]
    [InlineData("superposition-40-10")]
    public void The_truth_has_the_identity_pattern(string id)
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.Of(id);
        Assert.Equal(0, OneHotImportances.Identity(Answer(seen, Truth(seen)), Threshold).Value);
        Assert.Contains("in no weight matrix", OneHotImportances.Dense(Answer(seen, Truth(seen)), Threshold).Skipped, StringComparison.Ordinal);
    }

    /// <summary>The fixed layer between encoder and decoder is everybody's: dense there, identity elsewhere. Kills one table for all matrices.</summary>
    [Fact]
    public void A_shared_layer_is_dense()
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.Of("superposition-5-2-identity");
        var truth = Truth(seen);
        Assert.Equal(0, OneHotImportances.Identity(Answer(seen, truth), Threshold).Value);
        Assert.Equal(0, OneHotImportances.Dense(Answer(seen, truth), Threshold).Value);
        // The shared layer cut in two by halves, both always on: one subnetwork more than is planted, on 5 probes.
        var shared = truth.MaxBy(one => one.Activity!.Values.Sum(values => values.Sum()))!;
        Subnetwork[] cut = [.. truth.Where(one => one != shared), shared with { Component = shared.Component! / 2 }, shared with { Component = shared.Component! / 2 }];
        Assert.Equal(5, OneHotImportances.Dense(Answer(seen, cut), Threshold).Value);
    }

    /// <summary>
    /// One wrong claim of each kind, on untied superposition (two matrices, so each entry counts twice). Kills: a claim on other samples that is taken for one on probes,
    /// a threshold that is not used, strengths of any scale, an order of subnetworks that matters.
    /// </summary>
    [Fact]
    public void Wrong_claims_are_counted()
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.Of("superposition-5-2-untied");
        double? Error(Func<double[], int, double[]> change, double threshold = Threshold) =>
            OneHotImportances.Identity(Answer(seen, [.. Truth(seen).Select((one, j) => one with { Activity = one.Activity!.ToDictionary(set => set.Key, set => change(set.Value, j)) })]), threshold).Value;
        Assert.Equal(0, Error((values, _) => values));
        Assert.Equal(0, Error((values, _) => [.. values.Select(value => 50 * value)]));
        Assert.Equal(2 * 4, Error((values, j) => j == 2 ? [.. values.Select(_ => 1.0)] : values));
        Assert.Equal(2 * 1, Error((values, j) => j == 2 ? [.. values.Select(_ => 0.05)] : values));
        Assert.Equal(2 * 4, Error((values, j) => j == 2 ? [.. values.Select(value => Math.Max(value, 0.15))] : values));
        Assert.Equal(0, Error((values, j) => j == 2 ? [.. values.Select(value => Math.Max(value, 0.15))] : values, OneHotImportances.LooseThreshold));
        Assert.Equal(0, OneHotImportances.Identity(Answer(seen, [.. Truth(seen).Reverse()]), Threshold).Value);
        Assert.Equal(2 * 1, OneHotImportances.Identity(Answer(seen, [.. Truth(seen).Skip(1)]), Threshold).Value);
    }

    [Theory]
    [InlineData("modular-addition", "no data set has a sample with each feature alone")]
    [InlineData("deep-linear", "no data set has a sample with each feature alone")]
    [InlineData("gated-functions", "no data set has a sample with each feature alone")]
    public void Models_without_such_inputs_say_so(string id, string reason)
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.Of(id);
        Assert.Equal(reason, OneHotImportances.Identity(Answer(seen, Truth(seen)), Threshold).Skipped);
    }

    [Fact]
    public void An_answer_without_claims_is_skipped()
    {
        using var scope = NewDisposeScope();
        var seen = GradingCase.Of("superposition-5-2");
        Assert.Equal("the answer claims no activity", OneHotImportances.Identity(Answer(seen, [.. Truth(seen).Select(one => one with { Activity = null })]), Threshold).Skipped);
    }

    private static Subnetwork[] Truth(GradingCase seen) => [.. seen.Answer("oracle-active").Subnetworks];

    private static GradedAnswer Answer(GradingCase seen, IReadOnlyList<Subnetwork> subnetworks) => new(seen.Profile, seen.Model.Model, seen.Model.DataSets, subnetworks, []);
}

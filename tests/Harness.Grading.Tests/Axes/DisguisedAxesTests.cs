using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// What the truth reaches does not depend on the disguise, also where a disguise changes constants of the network (the embedding of a stream that is rotated or
/// rescaled). Kills a grader that puts undisguised parameters into the disguised network, which computes something else.
/// </summary>
public class DisguisedAxesTests
{
    public static TheoryData<string> WithConstants => ["rescale:0", "rotate:0"];

    [Theory]
    [MemberData(nameof(WithConstants))]
    public void Axes_of_the_truth_are_those_of_the_undisguised_model(string disguise)
    {
        using var scope = NewDisposeScope();
        var (plain, seen) = (TestModels.Find("gated-functions", "none"), TestModels.Find("gated-functions", disguise));
        var (expected, found) = (Axes(plain), Axes(seen));
        Assert.Contains(expected, pair => pair.Key == "necessity.active" && pair.Value > 0);
        Assert.All(expected, pair => Assert.Equal(pair.Value, found[pair.Key], Tolerances.RecoveryIdentity * Math.Max(1, Math.Abs(pair.Value))));
    }

    /// <summary>The profile that is made from the disguised model, as for a submission, is that of the plain one.</summary>
    [Theory]
    [MemberData(nameof(WithConstants))]
    public void Sensitivities_are_those_of_the_undisguised_model(string disguise)
    {
        using var scope = NewDisposeScope();
        var (plain, seen) = (TestModels.Find("gated-functions", "none"), TestModels.Find("gated-functions", disguise));
        double[] Traces(ToyModel model)
        {
            using var profile = TruthProfile.Of(model);
            return [.. profile.Sensitivities.Select(one => one.Trace)];
        }

        var expected = Traces(plain.Model);
        Assert.All(expected.Zip(Traces(seen.Model)), pair => Assert.Equal(pair.First, pair.Second, Tolerances.RecoveryIdentity * pair.First));
        // Mutant: undisguised parameters in the disguised network. There no neuron is woken by its bit, and the outputs are others.
        var swapped = plain.Model with { Model = new Model(seen.Model.Model.Network, plain.Model.Model.Parameters, plain.Model.Model.Loss) };
        Assert.Throws<ArgumentException>(() => Traces(swapped));
        Tensor Outputs(ToyModel model) => model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs);
        Assert.True((Outputs(swapped) - Outputs(plain.Model)).abs().max().ToDouble() > 0.1);
    }

    /// <summary>Every axis of the oracle that has a value.</summary>
    private static Dictionary<string, double> Axes(GradingCase seen)
    {
        var answer = seen.Answer("oracle-active");
        return new AxisDesk(seen.Profile, seen.Model).Values(Gauge.PullBack(answer, seen.Model.Disguise).Subnetworks, seen.Grade(answer))
            .Where(value => value.Value is not null).ToDictionary(value => value.Check, value => value.Value!.Value);
    }
}

using Harness.Decompositions;
using Harness.Grading;
using Harness.Methods;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli.Tests;

/// <summary>
/// Ten small planted networks, plain and in each disguise: every direction lies in the branch to ablate, no step along any of them in either sense moves the
/// other branch's accuracy, the chosen step ablates, and the same choice among random directions does not.
/// </summary>
public sealed class PlantedBranchesTests
{
    private static readonly MethodContext s_context = MethodContext.Default(0);

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9)]
    public void Steering_is_perfect(ulong seed)
    {
        using var scope = NewDisposeScope();
        var plain = TwoBranches.Create(seed);
        foreach (var toy in new[] { plain, Disguises.Apply(plain, DisguiseKind.Permute, seed + 1), Disguises.Apply(plain, DisguiseKind.Rescale, seed + 1) })
            Check(toy, seed % 2 == 0 ? ("first", "second") : ("second", "first"));
    }

    private static void Check(ToyModel toy, (string Keep, string Ablate) names)
    {
        var (keep, ablate) = names;
        DataSet Set(string name) => toy.DataSets.First(set => set.Name == name);
        SteeringSets Sets(string split) => new(Set($"{keep}-{split}"), Set($"{ablate}-{split}"), Set($"mixed-{split}"));
        var (network, subject) = (new SteeredNetwork(toy.Model), toy.ToSubject());
        var task = new SteeringTask($"{keep}-train", $"{ablate}-train");
        var grader = new SteeringGrader(network, toy.Model.Parameters.shape[0], Sets("train"), Sets("test"));

        var answer = new HessianSteering(new() { Avoided = 6, Candidates = 3, Mixed = 0 }).Steer(subject, task, s_context);
        Assert.True(SteerPurity.Of(toy, ablate, answer) >= Tolerances.PlantedPurity);
        Assert.True(SteerPurity.LargestCosine(toy, answer) <= Tolerances.PlantedCosine);
        foreach (var direction in answer.Directions)
            foreach (var sign in new[] { 1, -1 })
            {
                var curve = network.Along(direction, sign, SteeringSelection.Lambdas(network.Norm), Sets("test") with { Mixed = null });
                Assert.All(curve.Points, point => Assert.InRange(curve.KeptDrop(point), -Tolerances.PlantedKeptChange, Tolerances.PlantedKeptChange));
            }
        var grade = grader.Grade(answer);
        Assert.True(grade.Curve!.Origin.Ablate.Accuracy >= 0.9, $"not trained: {grade.Curve.Origin.Ablate.Accuracy}");
        Assert.True(grade.AblatedAccuracy <= 0.15, $"ablated only to {grade.AblatedAccuracy}");
        var random = grader.Grade(new RandomSteering(null, 3).Steer(subject, task, s_context));
        // In the large twin they stay above 0.8; of thirty times fewer parameters a random direction meets more.
        Assert.True(random.AblatedAccuracy >= 0.5, $"random directions reach {random.AblatedAccuracy}");
    }
}

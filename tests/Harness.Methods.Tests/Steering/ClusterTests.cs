using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>
/// Closed-form modular addition has double eigenvalues only: an odd count cuts one, and half of a pair has no meaning. Kills a method that projects off
/// whichever half the solver happened to return.
/// </summary>
public sealed class ClusterTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    public void A_cut_cluster_is_taken_whole_and_reported(int asked, long used)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition");
        var all = model.DataSets[0];
        var half = new DataSet("half", all.Inputs.narrow(0, 0, all.Count / 2), all.Targets.narrow(0, 0, all.Count / 2));
        var subject = new Subject(model.Model, [all, half]);
        var options = new HessianSteeringOptions { Avoided = asked, Candidates = 2, Mixed = 0 };
        var answer = new HessianSteering(options).Steer(subject, new(all.Name, "half"), MethodContext.Default(0));
        Assert.Equal(used, answer.Avoided!.Dimension);
        Assert.Equal(asked != used, answer.Remarks.Any(remark => remark.Contains($"{asked} would cut a cluster", StringComparison.Ordinal)));
    }
}

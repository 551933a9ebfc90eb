using TorchSharp;

namespace Harness.Grading.Tests;

public class ScopeTests
{
    /// <summary>Kills: a profile that is not disposed, a tensor detached and forgotten. A leaderboard has hundreds of cases.</summary>
    [Fact]
    public void A_run_leaves_no_tensor_behind()
    {
        var plan = Suite.Quick.Plan([]) with { Models = ["direct-sum", "superposition-5-2"], Methods = [.. MiniatureCatalog.All.Select(GradedMethod.Of)] };
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new GradeRun(plan).Execute(_ => { });
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

public class DisposeScopeTests
{
    /// <summary>Rejects a scope that forgets intermediate results or disposes what moved out.</summary>
    [Fact]
    public void A_scope_disposes_all_but_what_moved_out()
    {
        using var outer = NewDisposeScope();
        Tensor kept, detached, lost;
        using (var inner = NewDisposeScope())
        {
            lost = zeros(2);
            detached = (lost + 1).DetachFromDisposeScope();
            kept = (lost + 2).MoveToOuterDisposeScope();
            Assert.Equal((1, 1), (inner.DisposablesCount, outer.DisposablesCount));
        }
        Assert.Equal((true, false, false), (lost.IsInvalid, kept.IsInvalid, detached.IsInvalid));
        outer.Dispose();
        Assert.Equal((true, false), (kept.IsInvalid, detached.IsInvalid));
        detached.Dispose();
        Assert.True(detached.IsInvalid);
    }

    /// <summary>Rejects a move that only works one level deep.</summary>
    [Fact]
    public void Results_climb_scope_by_scope()
    {
        Tensor result;
        using (var first = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                using (NewDisposeScope())
                    result = ones(3).MoveToOuterDisposeScope();
                Assert.False(result.IsInvalid);
                result.MoveToOuterDisposeScope();
            }
            Assert.True(first.Contains(result));
            result.MoveToOuterDisposeScope();
        }
        // Without an outer scope the tensor belongs to nobody.
        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void A_scope_can_be_emptied_but_for_some()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (zeros(1), zeros(1));
        scope.DisposeEverythingBut(a);
        Assert.Equal((false, true, 1), (a.IsInvalid, b.IsInvalid, scope.DisposablesCount));
        var (c, d) = scope.Detach(zeros(1), zeros(1));
        scope.DisposeEverything();
        Assert.Equal((true, false, false), (a.IsInvalid, c.IsInvalid, d.IsInvalid));
        c.Dispose();
        d.Dispose();
    }

    /// <summary>Rejects use after disposal, which native code would answer with a crash.</summary>
    [Fact]
    public void A_disposed_tensor_cannot_be_used()
    {
        var x = ones(3);
        using var y = ones(3);
        x.Dispose();
        Assert.Throws<InvalidOperationException>(() => x.sum());
        Assert.Throws<InvalidOperationException>(() => x.shape);
        Assert.Throws<InvalidOperationException>(() => y + x);
        Assert.Throws<InvalidOperationException>(() => stack([y, x]));
        x.Dispose();
    }

    /// <summary>Rejects counts that drift, by which leaks are found.</summary>
    [Fact]
    public void Live_count_returns_to_where_it_was()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            var x = ones(3);
            (x + x).Dispose();
            (x * x).MoveToOuterDisposeScope().Dispose();
            x.DetachFromDisposeScope().Dispose();
            _ = x.IsInvalid;
        }
        using (zeros(4))
            Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Rejects a tuple of results of which a scope holds only the first.</summary>
    [Fact]
    public void All_results_of_an_operator_are_owned()
    {
        Tensor[] results;
        using (NewDisposeScope())
        {
            var x = Samples.Tensor([3, 3], 1);
            var (u, s, vh) = linalg.svd(x);
            results = [u, s, vh, .. x.split(1), x.max(0).values, x.max(0).indexes, .. autograd.grad([x.requires_grad_().sum()],
                [x])];
        }
        Assert.All(results, result => Assert.True(result.IsInvalid));
    }

    [Fact]
    public void Scopes_may_close_after_their_inner_scope()
    {
        var outer = NewDisposeScope();
        var x = zeros(1);
        using (NewDisposeScope())
            outer.Dispose();
        Assert.True(x.IsInvalid);
        // Nothing is open any more: a new tensor belongs to nobody.
        var before = DisposeScopeManager.Statistics.CreatedOutsideScopeCount;
        using var y = zeros(1);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.CreatedOutsideScopeCount);
    }
}

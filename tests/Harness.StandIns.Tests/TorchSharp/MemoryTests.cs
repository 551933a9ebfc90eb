using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>Native memory that the garbage collector never sees. These count for the whole process and run alone.</summary>
[Collection(nameof(WholeProcess))]
public class MemoryTests
{
    /// <summary>Rejects handles that leak: without scopes the same loop grows by gigabytes.</summary>
    [Fact]
    public void A_thousand_Hessian_products_leave_nothing_behind()
    {
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var total = Tensor.TotalCount;
        // 200 kB of parameters: a product that leaked even one buffer of that size would add 200 MB.
        var (width, count) = (160, 160L * 160);
        using (NewDisposeScope())
        {
            var x = Samples.Tensor([64, width], 1);
            var theta = Samples.Tensor([count], 2, -0.1, 0.1).requires_grad_();
            var loss = x.mm(theta.view(width, width)).tanh().square().mean();
            var gradient = autograd.grad([loss], [theta], null, true, true)[0];
            var direction = Samples.Tensor([count], 3);
            void Products(int number)
            {
                for (var i = 0; i < number; i++)
                {
                    using var scope = NewDisposeScope();
                    Assert.False(autograd.grad([gradient], [theta], [direction], true)[0].IsInvalid);
                }
            }

            Products(50);
            var before = ResidentBytes();
            var alive = Tensor.TotalCount;
            Products(1000);
            Assert.Equal(alive, Tensor.TotalCount);
            Assert.InRange(ResidentBytes() - before, long.MinValue, 50 << 20);
        }
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(total, Tensor.TotalCount);
    }

    /// <summary>Rejects failed calls that keep references to their arguments.</summary>
    [Fact]
    public void Disposed_tensors_are_freed_at_once()
    {
        var before = Tensor.TotalCount;
        var tensors = Enumerable.Range(0, 10).Select(_ => zeros(1000)).ToList();
        Assert.Equal(before + 10, Tensor.TotalCount);
        tensors.ForEach(item => item.Dispose());
        tensors.ForEach(item => item.Dispose());
        Assert.Equal(before, Tensor.TotalCount);
    }

    /// <summary>Rejects a tensor without a finalizer.</summary>
    [Fact]
    public void Leaked_tensors_are_finalized()
    {
        var before = Tensor.TotalCount;
        Leak();
        for (var attempt = 0; attempt < 10 && Tensor.TotalCount > before; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Equal(before, Tensor.TotalCount);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Leak()
        {
            for (var i = 0; i < 5; i++)
                zeros(10).DetachFromDisposeScope();
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // The second field of statm counts resident pages of 4 KiB.
        return File.Exists("/proc/self/statm")
            ? long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * 4096
            : Environment.WorkingSet;
    }
}

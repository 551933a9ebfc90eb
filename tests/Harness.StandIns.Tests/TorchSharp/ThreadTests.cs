using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

[Collection(nameof(WholeProcess))]
public class ThreadTests
{
    /// <summary>Rejects shared error buffers, scopes or graphs: eight threads must find what one finds, bit for bit.</summary>
    [Fact]
    public void Threads_compute_what_one_computes()
    {
        var expected = Work(0);
        Assert.All(OnThreads(8, _ => Enumerable.Range(0, 20).Select(_ => Work(0)).ToArray()), results =>
            Assert.All(results, found => Assert.Equal(expected, found)));
    }

    /// <summary>Rejects a grad mode or a scope stack that belongs to the process.</summary>
    [Fact]
    public void Grad_mode_and_scopes_belong_to_their_thread()
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        Assert.All(OnThreads(2, _ => (is_grad_enabled(), DisposeScopeManager.Statistics.CreatedInScopeCount)), found =>
            Assert.Equal((true, 0L), found));
        OnThreads(2, k =>
        {
            using var other = set_grad_enabled(k == 0);
            return is_grad_enabled();
        });
        Assert.False(is_grad_enabled());
    }

    /// <summary>Rejects a setting that later threads do not inherit, and one that a thread's first operator overrides.</summary>
    [Fact]
    public void Every_thread_uses_the_set_number_of_threads()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(2);
            Assert.All(OnThreads(2, _ => (Work(1), get_num_threads()).Item2), found => Assert.Equal(2, found));
            set_num_threads(1);
            Assert.All(OnThreads(2, _ => (Work(1), get_num_threads()).Item2), found => Assert.Equal(1, found));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static double Work(int seed)
    {
        using var scope = NewDisposeScope();
        var x = Samples.Tensor([20, 20], seed).requires_grad_();
        var gradient = autograd.grad([x.mm(x).tanh().sum()], [x], null, true, true)[0];
        return autograd.grad([gradient.square().sum()], [x])[0].sum().item<double>();
    }

    private static T[] OnThreads<T>(int count, Func<int, T> action)
    {
        var (results, errors) = (new T[count], new Exception?[count]);
        var threads = Enumerable.Range(0, count).Select(k => new Thread(() =>
        {
            try
            {
                results[k] = action(k);
            }
            catch (Exception exception)
            {
                errors[k] = exception;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(errors, Assert.Null);
        return results;
    }
}

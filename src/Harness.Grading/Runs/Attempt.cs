using System.Diagnostics;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// One run of one method and what is made of it, on a thread of its own: what a method leaves behind that belongs to a thread (gradient mode, open dispose
/// scopes) ends with it, and a method that does not stop when it is told to can be left behind. Used once.
/// </summary>
/// <param name="budget">Wall time that the method may take; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
/// <param name="grace">How long it may take to stop once it is told to.</param>
internal abstract class Attempt(TimeSpan budget, TimeSpan grace)
{
    private readonly Stopwatch _watch = new();
    private readonly ManualResetEventSlim _answered = new();
    private CaseGrade? _grade;
    private string _doing = "";

    /// <summary>Wall time of the method alone.</summary>
    internal TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Gradients that the method had computed by the harness.</summary>
    internal long Gradients { get; private set; }

    /// <summary>Products that the method had computed by the harness.</summary>
    internal long Products { get; private set; }

    /// <summary>Largest resident memory of the whole process while the method ran.</summary>
    internal double PeakMemoryMiB { get; private set; }

    /// <summary>Runs the method and what follows. Whatever goes wrong is the case's error.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal CaseGrade Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (budget != Timeout.InfiniteTimeSpan)
            stop.CancelAfter(budget);
        var (token, threads) = (stop.Token, get_num_threads());
        var thread = new Thread(() => Work(threads, cancellation, token)) { IsBackground = true, Name = "case" };
        thread.Start();
        // Only the method is waited for with an end: grading ends by itself, soon after it is told to.
        WaitHandle.WaitAny([_answered.WaitHandle, token.WaitHandle]);
        var leftBehind = !_answered.Wait(grace);
        if (!leftBehind)
            thread.Join();
        set_num_threads(threads);
        if (leftBehind || _grade is null)
            cancellation.ThrowIfCancellationRequested();
        return leftBehind
            ? Errored($"was told to stop after its budget of {budget.TotalSeconds:0.###} s, did not, and was left running")
            : _grade!;
    }

    /// <summary>Runs the method, inside <see cref="Ask"/>, and makes of it what is to be said.</summary>
    /// <param name="stop">Tells the method to stop: the run is cancelled, or the budget spent.</param>
    /// <param name="cancellation">The run is cancelled: no grading need be finished.</param>
    protected abstract CaseGrade Work(CancellationToken stop, CancellationToken cancellation);

    /// <summary>The part in which the method has the word: it is timed, and an answer that comes after the budget is none.</summary>
    protected T Ask<T>(CancellationToken stop, Func<T> question)
    {
        using var meter = WorkMeter.Begin();
        MemoryMeter.Reset();
        try
        {
            _watch.Start();
            var answer = question();
            _watch.Stop();
            // The timer may fire a moment before the watch says so: whoever was told to stop is late.
            if (budget != Timeout.InfiniteTimeSpan && (_watch.Elapsed > budget || stop.IsCancellationRequested))
                throw new LateException();
            _doing = "while grading, ";
            return answer;
        }
        finally
        {
            _watch.Stop();
            (Gradients, Products, PeakMemoryMiB) = (meter.Gradients, meter.Products, MemoryMeter.PeakMiB());
            _answered.Set();
        }
    }

    private void Work(int threads, CancellationToken cancellation, CancellationToken stop)
    {
        // OpenMP keeps its number of threads for each thread: without this the answer could depend on the number of processors.
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        try
        {
            _grade = Work(stop, cancellation);
        }
        catch (Exception exception) when (exception is OperationCanceledException or LateException && cancellation.IsCancellationRequested)
        {
            // No value: the run is over.
        }
        catch (LateException)
        {
            _grade = Errored($"answered after its budget of {budget.TotalSeconds:0.###} s was spent");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _grade = Errored($"stopped after its budget of {budget.TotalSeconds:0.###} s");
        }
        catch (InvalidDecompositionException exception)
        {
            _grade = Errored(exception.Message);
        }
        catch (Exception exception)
        {
            _grade = Errored($"{_doing}{exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            _answered.Set();
        }
    }

    private static CaseGrade Errored(string message) => new([RecoveryValues.Errored(message)], []);

    private sealed class LateException : Exception;
}

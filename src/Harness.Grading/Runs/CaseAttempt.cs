using System.Diagnostics;
using Harness.Decompositions;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// One run of one method and the grading of its answer, on a thread of its own: what a method leaves behind that belongs to a thread (gradient mode, open
/// dispose scopes) ends with it, and a method that does not stop when it is told to can be left behind. Used once.
/// </summary>
internal sealed class CaseAttempt(ToyModel model, GradingDesk desk, MethodRole role, IDecompositionMethod method, ulong seed, GradePlan plan)
{
    /// <summary>The decomposed tensors, where the answer is to be kept beyond the case; null: it is not.</summary>
    internal Tensor? Keep { private get; init; }

    /// <summary>The answer, where it was to be kept, could be graded and is not too large.</summary>
    internal KeptAnswer? Kept { get; private set; }

    private readonly Stopwatch _watch = new();
    private readonly ManualResetEventSlim _answered = new();
    private readonly TimeSpan _budget = role is MethodRole.Method or MethodRole.Baseline ? plan.Budget : Timeout.InfiniteTimeSpan;
    private CaseGrade? _grade;

    /// <summary>Wall time of the method alone.</summary>
    internal TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What the method says that it spent; null where it says nothing.</summary>
    internal long? Gradients { get; private set; }

    /// <summary>What the method says that it spent; null where it says nothing.</summary>
    internal long? Products { get; private set; }

    /// <summary>Runs the method and grades its answer. Whatever goes wrong is the case's error.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal CaseGrade Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_budget != Timeout.InfiniteTimeSpan)
            stop.CancelAfter(_budget);
        var (token, threads) = (stop.Token, get_num_threads());
        var thread = new Thread(() => Work(threads, cancellation, token)) { IsBackground = true, Name = "case" };
        thread.Start();
        // Only the method is waited for with an end: grading ends by itself.
        WaitHandle.WaitAny([_answered.WaitHandle, token.WaitHandle]);
        var leftBehind = !_answered.Wait(plan.Grace);
        if (!leftBehind)
            thread.Join();
        set_num_threads(threads);
        if (leftBehind || _grade is null)
            cancellation.ThrowIfCancellationRequested();
        return leftBehind
            ? Errored($"was told to stop after its budget of {_budget.TotalSeconds:0.###} s, did not, and was left running")
            : _grade!;
    }

    private void Work(int threads, CancellationToken cancellation, CancellationToken stop)
    {
        // OpenMP keeps its number of threads for each thread: without this the answer could depend on the number of processors.
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var doing = "";
        try
        {
            var answer = Answer(stop);
            // The timer may fire a moment before the watch says so: whoever was told to stop is late.
            if (_budget != Timeout.InfiniteTimeSpan && (_watch.Elapsed > _budget || (stop.IsCancellationRequested && !cancellation.IsCancellationRequested)))
                throw new InvalidDecompositionException($"answered after its budget of {_budget.TotalSeconds:0.###} s was spent");
            doing = "while grading, ";
            (Gradients, Products) = (Count(answer, "gradients"), Count(answer, "products"));
            _grade = desk.Grade(answer, role);
            if (Keep is { } mask)
                Kept = KeptAnswer.Of(Gauge.PullBack(answer, model.Disguise).Subnetworks, mask);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // No value: the run is over.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _grade = Errored($"stopped after its budget of {_budget.TotalSeconds:0.###} s");
        }
        catch (InvalidDecompositionException exception)
        {
            _grade = Errored(exception.Message);
        }
        catch (Exception exception)
        {
            _grade = Errored($"{doing}{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static CaseGrade Errored(string message) => new([RecoveryValues.Errored(message)], []);

    private Decomposition Answer(CancellationToken stop)
    {
        try
        {
            var copy = new SubjectCopy(model.ToSubject());
            _watch.Start();
            var answer = method.Decompose(copy.Subject, new MethodContext(seed, plan.Device, _budget, null, stop));
            _watch.Stop();
            return copy.Changed() is { } changed
                ? throw new InvalidDecompositionException($"changed {changed} of its subject in place; a method must leave the subject as it is")
                : answer;
        }
        finally
        {
            _watch.Stop();
            _answered.Set();
        }
    }

    /// <summary>What a method says that it spent; it is shown and never graded.</summary>
    private static long? Count(Decomposition answer, string name) =>
        answer?.Metadata is { } metadata && metadata.TryGetValue(name, out var text) && long.TryParse(text, out var count) ? count : null;
}

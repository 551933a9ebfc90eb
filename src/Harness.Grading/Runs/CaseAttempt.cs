using System.Diagnostics;
using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>One run of one method, and the grading of its answer.</summary>
internal sealed class CaseAttempt(ToyModel model, GradingDesk desk, MethodRole role, IDecompositionMethod method, ulong seed, GradePlan plan)
    : Attempt(role is MethodRole.Method or MethodRole.Baseline ? plan.Budget : Timeout.InfiniteTimeSpan, plan.Grace)
{
    /// <summary>The decomposed tensors, where the answer is to be kept beyond the case; null: it is not.</summary>
    internal Tensor? Keep { private get; init; }

    /// <summary>The answer, where it was to be kept, could be graded and is not too large.</summary>
    internal KeptAnswer? Kept { get; private set; }

    /// <summary>What the method took. What is computed by the harness is counted; of the rest there is only what the method says of itself.</summary>
    internal CaseCost Cost => new(Elapsed.TotalSeconds, Most(Gradients, _claimed.Gradients), Most(Products, _claimed.Products), PeakMemoryMiB) { GradingSeconds = _grading?.TotalSeconds };

    private TimeSpan? _grading;

    private (long? Gradients, long? Products) _claimed;

    /// <inheritdoc/>
    protected override CaseGrade Work(CancellationToken stop, CancellationToken cancellation)
    {
        var copy = new SubjectCopy(model.ToSubject());
        var answer = Ask(stop, () => method.Decompose(
            copy.Subject, new MethodContext(seed, plan.Device, role is MethodRole.Method or MethodRole.Baseline ? plan.Budget : Timeout.InfiniteTimeSpan, null, stop)));
        if (copy.Changed() is { } changed)
            throw new InvalidDecompositionException($"changed {changed} of its subject in place; a method must leave the subject as it is");
        _claimed = (Count(answer, "gradients"), Count(answer, "products"));
        var watch = Stopwatch.StartNew();
        var grade = desk.Grade(answer, role, cancellation);
        _grading = watch.Elapsed;
        if (Keep is { } mask)
            Kept = KeptAnswer.Of(Gauge.PullBack(answer, model.Disguise).Subnetworks, mask);
        return grade;
    }

    /// <summary>The larger one; null where nothing was counted and nothing is said: a method that computes for itself is not known to compute nothing.</summary>
    private static long? Most(long counted, long? claimed) => counted > 0 || claimed is not null ? Math.Max(counted, claimed ?? 0) : null;

    /// <summary>What a method says that it spent; it is shown and never graded.</summary>
    private static long? Count(Decomposition answer, string name) =>
        answer?.Metadata is { } metadata && metadata.TryGetValue(name, out var text) && long.TryParse(text, out var count) ? count : null;
}

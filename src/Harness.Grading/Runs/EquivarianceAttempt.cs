using System.Globalization;
using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>All equivalent questions to one method about one model. Its budget is that of as many cases as there are questions.</summary>
internal sealed class EquivarianceAttempt(ToyModel model, MethodRole role, IDecompositionMethod method, ulong seed, GradePlan plan)
    : Attempt(plan.Budget == Timeout.InfiniteTimeSpan ? plan.Budget : plan.Budget * (EquivarianceRules.All.Count + 3), plan.Grace)
{
    /// <inheritdoc/>
    protected override CaseGrade Work(CancellationToken stop, CancellationToken cancellation)
    {
        Decomposition At(ulong seed, Subject subject) => method.Decompose(subject, new MethodContext(seed, plan.Device, plan.Budget, null, stop));
        var values = Ask(stop, () =>
        {
            var trial = new EquivarianceTrial(EquivarianceSubject.Of(model), subject => At(seed, subject), subject => At(seed, subject));
            // What is no answer to the plain question is the case's error, and no rule's.
            DecompositionValidation.Check(trial.Answer, model.ToSubject());
            var spread = new Lazy<double>(() => DecompositionDistance.Between(trial.Answer, At(seed + 1, EquivarianceSubject.Of(model).Create())));
            return EquivarianceRules.All.Select(rule => Value(trial, rule, spread, stop)).ToList();
        });
        return new CaseGrade([.. role == MethodRole.Method ? values : values.Select(value => value with { Verdict = null })], []);
    }

    private CheckValue Value(EquivarianceTrial trial, EquivarianceRule rule, Lazy<double> spread, CancellationToken stop)
    {
        var value = new CheckValue(rule.Check) { Level = rule.IsRequired ? CheckLevel.Must : null, Direction = CheckDirection.Lower };
        try
        {
            return Judged(value, rule, trial.Try(rule), spread);
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && stop.IsCancellationRequested))
        {
            return value with { Level = CheckLevel.Must, Verdict = Verdict.Errored, Reason = $"{exception.GetType().Name}: {exception.Message}" };
        }
    }

    private CheckValue Judged(CheckValue value, EquivarianceRule rule, EquivarianceOutcome outcome, Lazy<double> spread)
    {
        if (outcome.Distance is not { } distance)
            return value with { Verdict = rule.IsRequired ? Verdict.Skipped : null, Reason = outcome.Skipped };
        var bar = rule.IsBitwise ? 0 : Tolerances.EquivalentAnswers;
        value = value with { Value = distance, Bar = rule.IsRequired ? bar : null, Tolerance = rule.IsBitwise ? null : nameof(Tolerances.EquivalentAnswers) };
        if (!rule.IsRequired)
            return value;
        if (distance <= bar)
            return value with { Verdict = Verdict.Pass };
        return !rule.HoldsForEachSeed && method.Describe().IsStochastic
            ? value with
            {
                Verdict = Verdict.Skipped,
                Reason = string.Create(CultureInfo.InvariantCulture, $"the method draws at random, and only the distribution of its answers can follow; two of its seeds are {spread.Value:0.###} apart"),
            }
            : value with { Verdict = Verdict.Fail, Reason = $"{rule.Problem} ({outcome.First} and {outcome.Second} subnetworks)" };
    }
}

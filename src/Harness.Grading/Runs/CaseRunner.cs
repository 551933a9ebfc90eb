using System.Diagnostics;
using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Runs one method on one model and grades what it returns. Whatever the method throws becomes the case's error, with its message.</summary>
internal sealed class CaseRunner(GradePlan plan)
{
    private readonly string _optionsHash = plan.OptionsHash();

    internal CaseKey KeyOf(ToyModel model, CaseDisguise disguise, GradedMethod method, ulong seed) =>
        new(model.Id, model.Seed, disguise.Label, method.Selector, _optionsHash, seed);

    internal CaseLine Run(
        CaseKey key, string thetaHash, ToyModel model, GradingDesk desk, GradedMethod graded, IDecompositionMethod method, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (plan.Budget != Timeout.InfiniteTimeSpan)
            budget.CancelAfter(plan.Budget);
        MemoryMeter.Reset();
        var watch = Stopwatch.StartNew();
        IReadOnlyList<CheckValue> values;
        var (gradients, products, doing) = ((long?)null, (long?)null, "");
        try
        {
            var answer = method.Decompose(model.ToSubject(), new MethodContext(key.Seed, plan.Device, plan.Budget, null, budget.Token));
            watch.Stop();
            (gradients, products, doing) = (Count(answer, "gradients"), Count(answer, "products"), "while grading, ");
            values = desk.Grade(answer, graded.Role);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            values = [RecoveryValues.Errored($"stopped after its budget of {plan.Budget.TotalSeconds:0.#} s")];
        }
        catch (InvalidDecompositionException exception)
        {
            values = [RecoveryValues.Errored(exception.Message)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            values = [RecoveryValues.Errored($"{doing}{exception.GetType().Name}: {exception.Message}")];
        }
        var cost = new CaseCost(watch.Elapsed.TotalSeconds, gradients, products, MemoryMeter.PeakMiB());
        return new CaseLine(key, CaseLine.Decomposition, graded.Role, thetaHash, values, cost, graded.Replay ?? Replay(key));
    }

    /// <summary>A command that runs this case alone.</summary>
    private static string Replay(CaseKey key) =>
        $"./harness grade --method {Quoted(key.Method)} --model {Quoted(key.Model)} --model-seed {key.ModelSeed} --disguise {key.Disguise} --seed {key.Seed}";

    /// <summary>Quoted for a POSIX shell where it must be.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@+=,".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";

    /// <summary>What a method says that it spent; it is shown and never graded.</summary>
    private static long? Count(Decomposition answer, string name) =>
        answer?.Metadata is { } metadata && metadata.TryGetValue(name, out var text) && long.TryParse(text, out var count) ? count : null;
}

using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>Runs one method on one model and writes down what came of it.</summary>
internal sealed class CaseRunner(GradePlan plan)
{
    private readonly string _optionsHash = plan.OptionsHash();

    internal CaseKey KeyOf(ToyModel model, CaseDisguise disguise, GradedMethod method, ulong seed) =>
        new(model.Id, model.Seed, disguise.Label, method.Selector, _optionsHash, seed);

    internal CaseLine Run(
        CaseKey key, string thetaHash, ToyModel model, GradingDesk desk, GradedMethod graded, IDecompositionMethod method, CancellationToken cancellation)
    {
        MemoryMeter.Reset();
        var attempt = new CaseAttempt(model, desk, graded.Role, method, key.Seed, plan);
        var grade = attempt.Run(cancellation);
        var cost = new CaseCost(attempt.Elapsed.TotalSeconds, attempt.Gradients, attempt.Products, MemoryMeter.PeakMiB());
        return new CaseLine(key, CaseLine.Decomposition, graded.Role, thetaHash, [.. grade.Values, .. Remarks(model, key)], cost, graded.Replay ?? Replay(key))
        {
            Findings = grade.Findings.Count > 0 ? grade.Findings : null,
        };
    }

    private static IEnumerable<CheckValue> Remarks(ToyModel model, CaseKey key) =>
        ThetaRegister.Default.Remark(model, key.Disguise) is { } remark ? [new CheckValue(ThetaRegister.Check) { Reason = remark }] : [];

    /// <summary>A command that runs this case alone.</summary>
    private static string Replay(CaseKey key) =>
        $"./harness grade --method {Quoted(key.Method)} --model {Quoted(key.Model)} --model-seed {key.ModelSeed} --disguise {key.Disguise} --seed {key.Seed}";

    /// <summary>Quoted for a POSIX shell where it must be.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@+=,".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";
}

using Harness.Decompositions;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Runs one method on one model and writes down what came of it.</summary>
internal sealed class CaseRunner(GradePlan plan)
{
    private readonly string _optionsHash = plan.OptionsHash();

    internal CaseKey KeyOf(ToyModel model, CaseDisguise disguise, GradedMethod method, ulong seed) =>
        new(model.Id, model.Seed, disguise.Label, method.Selector, _optionsHash, seed);

    /// <summary>The key of a method's line over all seeds: they are part of its options, and the first of them stands for all.</summary>
    internal CaseKey KeyOfSeeds(ToyModel model, CaseDisguise disguise, GradedMethod method) => KeyOf(model, disguise, method, plan.Seeds[0]) with
    {
        OptionsHash = Hashes.OfText($"{_optionsHash};seeds={string.Join(',', plan.Seeds)}")[..8],
    };

    /// <summary>The key of the equivalent questions to a method about a model, undisguised.</summary>
    internal CaseKey KeyOfQuestions(ToyModel model, GradedMethod method) => KeyOf(model, CaseDisguise.None, method, plan.Seeds[0]) with
    {
        OptionsHash = Hashes.OfText($"{_optionsHash};equivariance")[..8],
    };

    /// <summary>Asks a method equivalent questions.</summary>
    internal CaseLine Question(CaseKey key, string thetaHash, ToyModel model, GradedMethod graded, IDecompositionMethod method, CancellationToken cancellation)
    {
        var attempt = new EquivarianceAttempt(model, graded.Role, method, key.Seed, plan);
        var grade = attempt.Run(cancellation);
        return new CaseLine(
            key, CaseLine.Equivariance, graded.Role, thetaHash, grade.Values, new CaseCost(attempt.Elapsed.TotalSeconds, attempt.Gradients, attempt.Products, attempt.PeakMemoryMiB),
            graded.Replay ?? $"{Replay(key)} --equivariance");
    }

    /// <summary>Runs one case; with a mask of the decomposed tensors its answer is kept, to be compared with those of other seeds.</summary>
    internal (CaseLine Line, KeptAnswer? Answer) Run(
        CaseKey key, string thetaHash, ToyModel model, GradingDesk desk, GradedMethod graded, IDecompositionMethod method, Tensor? keep, CancellationToken cancellation)
    {
        var attempt = new CaseAttempt(model, desk, graded.Role, method, key.Seed, plan) { Keep = keep };
        var grade = attempt.Run(cancellation);
        var line = new CaseLine(key, CaseLine.Decomposition, graded.Role, thetaHash, [.. grade.Values, .. Remarks(model, key)], attempt.Cost, graded.Replay ?? Replay(key))
        {
            Findings = grade.Findings.Count > 0 ? grade.Findings : null, Plants = grade.Plants.Count > 0 ? grade.Plants : null,
        };
        return (line, attempt.Kept);
    }

    /// <summary>The line over all seeds of a method on a model; it has no cost of its own.</summary>
    internal CaseLine Over(SeedGroup group, CaseKey key, string thetaHash, GradedMethod graded) => new(
        key, CaseLine.Stability, graded.Role, thetaHash, group.Values(graded.Role), new CaseCost(null, null, null, null),
        graded.Replay ?? $"{Replay(key)} --seeds {plan.Seeds.Count}");

    private static IEnumerable<CheckValue> Remarks(ToyModel model, CaseKey key) =>
        ThetaRegister.Default.Remark(model, key.Disguise) is { } remark ? [new CheckValue(ThetaRegister.Check) { Reason = remark }] : [];

    /// <summary>A command that runs this case alone.</summary>
    private static string Replay(CaseKey key) =>
        $"./harness grade --method {Quoted(key.Method)} --model {Quoted(key.Model)} --model-seed {key.ModelSeed} --disguise {key.Disguise} --seed {key.Seed}";

    /// <summary>Quoted for a POSIX shell where it must be.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@+=,".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";
}

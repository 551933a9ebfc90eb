using System.IO.Enumeration;
using Harness.Grading;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli;

/// <summary>What a command line asks to be graded.</summary>
internal static class GradePlans
{
    /// <summary>Methods on models; the suite's oracles and nulls beside them.</summary>
    /// <param name="suite">Its disguises, oracles and nulls; and its models, where none is named.</param>
    /// <param name="methods">Selectors; empty: every built-in method.</param>
    /// <param name="models">Ids or patterns; empty: the suite's.</param>
    /// <param name="settings">Seeds, disguises, device.</param>
    /// <param name="budget">Wall time of a case.</param>
    /// <exception cref="UsageException">A selector or a model names nothing, or a model does not admit the disguise.</exception>
    public static GradePlan OfMethods(
        Suite suite, IReadOnlyList<string> methods, IReadOnlyList<string> models, ComputeSettings settings, TimeSpan budget)
    {
        IReadOnlyList<GradedMethod> graded = methods.Count == 0 ? MethodSelector.BuiltIn : [.. methods.Distinct().SelectMany(MethodSelector.ReadAll).DistinctBy(method => method.Selector)];
        var hasFile = methods.Any(MethodSelector.IsFile);
        if (hasFile && models.Count == 0)
            return OfFiles(suite, graded, [.. methods.Where(MethodSelector.IsFile)], settings, budget);
        var plan = suite.Plan(graded) with
        {
            Models = models.Count == 0 ? suite.Models : [.. models.SelectMany(Matching).Distinct()],
            ModelSeeds = [settings.ModelSeed],
            Disguises = settings.Disguise is { } one ? [one] : hasFile ? [CaseDisguise.None] : suite.Disguises,
            Seeds = [.. settings.Seeds],
            Device = settings.Device,
            Budget = budget,
        };
        CheckDisguises(plan);
        if (methods.Count > 0 && models.Count > 0)
            CheckMethods(plan);
        return plan;
    }

    /// <summary>A method that was asked for by name and has nothing to say of any model that was: it must not vanish from the table without a word.</summary>
    private static void CheckMethods(GradePlan plan)
    {
        foreach (var graded in plan.Methods.Where(method => method.Role is MethodRole.Method or MethodRole.Baseline))
        {
            using var scope = torch.NewDisposeScope();
            // Of seed 0, which is at hand: loss and data sets are those of every seed, and another one may have to be trained first.
            if (!plan.Models.Any(id => graded.AppliesTo(Plant.Entry(id).Create(0))))
                throw new UsageException(
                    $"--method {graded.Selector}: it does not apply to {string.Join(", ", plan.Models)} (harness list methods says what it needs)");
        }
    }

    /// <summary>Files say in their metadata which model they answer, in which disguise: all the same one, as they share a table.</summary>
    private static GradePlan OfFiles(
        Suite suite, IReadOnlyList<GradedMethod> graded, IReadOnlyList<string> files, ComputeSettings settings, TimeSpan budget)
    {
        var named = files.Select(FileCase.Read).Distinct().ToList();
        if (named.Count > 1)
            throw new UsageException($"the files answer different cases ({string.Join(", ", named)}): grade them one by one");
        if (settings.Disguise is { } asked && asked != named[0].Disguise)
            throw new UsageException($"--disguise {asked.Label}: the file answers {named[0]}");
        var plan = suite.Plan(graded) with
        {
            Models = [Plant.Entry(named[0].Model).Id],
            ModelSeeds = [named[0].ModelSeed],
            Disguises = [named[0].Disguise],
            Seeds = [.. settings.Seeds],
            Device = settings.Device,
            Budget = budget,
        };
        CheckDisguises(plan);
        return plan;
    }

    /// <summary>One plan per case of a submission: its answer, and the suite's oracles and nulls beside it.</summary>
    public static IReadOnlyList<GradePlan> OfSubmission(string directory, string? key) =>
    [
        .. SubmissionFolder.Read(directory, key).Select(submitted => Suite.Quick.Plan([Answer(directory, key, submitted)]) with
        {
            Models = [submitted.Recipe.Model],
            ModelSeeds = [submitted.Recipe.ModelSeed],
            Disguises = [new CaseDisguise(submitted.Recipe.Disguise, submitted.Recipe.DisguiseSeed)],
            Seeds = [submitted.Submission.Seed],
        }),
    ];

    private static GradedMethod Answer(string directory, string? key, SubmittedCase submitted) =>
        GradedMethod.Blind($"submission:{submitted.Submission.Decomposition.Method.Name}", () => new SubmittedAnswer(submitted.Submission.Decomposition)) with
        {
            IsFixed = true, Replay = $"./harness grade {directory}{(key is null ? "" : $" --key {key}")}",
        };

    /// <summary>A model that admits none of the disguises would have no case: it must not vanish from the table without a word.</summary>
    private static void CheckDisguises(GradePlan plan)
    {
        if (plan.Disguises.Contains(CaseDisguise.None))
            return;
        foreach (var id in plan.Models)
        {
            using var scope = torch.NewDisposeScope();
            var model = Plant.Entry(id).Create(plan.ModelSeeds[0]);
            if (!plan.Disguises.Any(disguise => disguise.AppliesTo(model)))
                throw new UsageException(
                    $"--disguise: model '{id}' does not admit {plan.Disguises[0].Label}; it admits {Plant.Admitted(model)}. Choose models with --model");
        }
    }

    private static IEnumerable<string> Matching(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
            return [Plant.Entry(pattern).Id];
        var matching = ToyModelCatalog.Entries.Select(entry => entry.Id).Where(id => FileSystemName.MatchesSimpleExpression(pattern, id, false)).ToList();
        return matching.Count > 0 ? matching : throw new UsageException($"--model: no model matches '{pattern}' (harness list models)");
    }
}

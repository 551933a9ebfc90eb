using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Tries the bars that a suite sets itself on every model they are for, before any method is run.</summary>
internal static class SuiteBars
{
    /// <summary>Refuses a plan with a bar that a null clears, that the truth misses, or that is on no check of recovery.</summary>
    /// <exception cref="InvalidDataException">The message names the bar and what is wrong with it.</exception>
    internal static void Check(GradePlan plan)
    {
        foreach (var group in plan.Bars.Where(bar => plan.Models.Contains(bar.Model)).GroupBy(bar => bar.Model))
            foreach (var seed in plan.ModelSeeds)
            {
                using var scope = NewDisposeScope();
                var model = ToyModelCatalog.Create(group.Key, seed);
                using var profile = TruthProfile.Of(model);
                foreach (var disguise in plan.Disguises.Where(disguise => disguise.AppliesTo(model)))
                    Check(profile, disguise.Apply(model), disguise, [.. group]);
            }
    }

    private static void Check(TruthProfile profile, ToyModel model, CaseDisguise disguise, IReadOnlyList<SuiteBar> bars)
    {
        var desk = new GradingDesk(profile, model, new FamilyScores(profile, model), bars);
        foreach (var bar in bars)
            if (desk.Fault(bar) is { } fault)
                throw new InvalidDataException(
                    $"The suite sets a bar for {bar.Check} on {model.Id}@{model.Seed}/{disguise.Label} ('{bar.Reason}'), but {fault}. Set another one, or leave it to the usual rule.");
    }
}

using System.Runtime.CompilerServices;
using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>The product's grader behind the interface of the mutants.</summary>
internal sealed class ProductionRecovery : NaiveRecovery
{
    private static readonly ConditionalWeakTable<Truth, TruthProfile> s_profiles = [];

    public override double Directions(ToyModel model, IReadOnlyList<Subnetwork> answer) => Grade(model, answer, 0);

    public override double Components(ToyModel model, IReadOnlyList<Subnetwork> answer) => Grade(model, answer, 1);

    private static double Grade(ToyModel model, IReadOnlyList<Subnetwork> answer, int column)
    {
        var decomposition = new Decomposition(new MethodInfo("check", "1", "", false), answer, new Dictionary<string, string>());
        return RecoveryGrader.Grade(s_profiles.GetValue(model.Truth, _ => TruthProfile.Of(model)), model, decomposition)[column].Score!.Value;
    }
}

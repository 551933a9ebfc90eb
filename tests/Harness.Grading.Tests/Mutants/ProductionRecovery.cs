using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>The product's grader behind the interface of the mutants.</summary>
internal sealed class ProductionRecovery : NaiveRecovery
{
    public override double Directions(ToyModel model, IReadOnlyList<Subnetwork> answer) => Grade(model, answer, 0);

    public override double Components(ToyModel model, IReadOnlyList<Subnetwork> answer) => Grade(model, answer, 1);

    private static double Grade(ToyModel model, IReadOnlyList<Subnetwork> answer, int column)
    {
        var decomposition = new Decomposition(new MethodInfo("check", "1", "", false), answer, new Dictionary<string, string>());
        return RecoveryGrader.Grade(GradingCase.Small.Profile, model, decomposition)[column].Score!.Value;
    }
}

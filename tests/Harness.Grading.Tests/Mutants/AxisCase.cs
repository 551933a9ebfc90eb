using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>An answer on a small undisguised model with one data set, and which of its subnetworks answers which plant (−1: none).</summary>
internal sealed record AxisCase(ToyModel Model, TruthProfile Profile, IReadOnlyList<Subnetwork> Answer, IReadOnlyList<ColumnGrade> Columns)
{
    public static AxisCase Of(DiagonalPlant plant, params Subnetwork[] answer) => new(
        plant.Model, plant.Profile, answer,
        RecoveryGrader.Grade(plant.Profile, plant.Model, new Decomposition(new MethodInfo("check", "1", "", false), answer, new Dictionary<string, string>())));

    public bool[] Active(int planted) => Profile.Truth.Subnetworks[planted].Activity[Model.DataSets[0].Name];

    public double[]? Claimed(int submitted) => Answer[submitted].Activity?.GetValueOrDefault(Model.DataSets[0].Name);

    /// <summary>By components where they are scored, otherwise by directions.</summary>
    public int[] Matched()
    {
        var score = Columns[1].Score ?? Columns[0].Score!;
        return [.. Enumerable.Range(0, Profile.Count).Select(i => score.Matches.FirstOrDefault(match => match.Planted == i)?.Submitted ?? -1)];
    }
}

using Harness.Grading;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>What <c>harness steer --json</c> prints. Accuracies are shares, steps are in units of parameters unless they say otherwise.</summary>
internal sealed record SteerView(
    string Model, ulong ModelSeed, ulong Seed, string Disguise, string Dtype, string Device, int Threads, string Keep, string Ablate, string? Known, string? Substitute, long Parameters,
    double Norm, SteerView.IndependenceView Independence, IReadOnlyList<SteerView.MethodView> Methods, IReadOnlyList<SteerView.CurveView> Curves,
    IReadOnlyList<SteerView.SweepView> Sweeps, IReadOnlyDictionary<string, double> Seconds)
{
    /// <summary>The two pure sets' top eigenspaces against each other, and where the mixed set's eigenvectors lie.</summary>
    internal sealed record IndependenceView(
        IReadOnlyList<double[]> Overlap, double[] PrincipalAngles, double MeanSquaredCosine, double RandomMeanSquaredCosine, long UnionDimension,
        bool LinearlyIndependent, IReadOnlyList<ColourShares>? MixedEigenvectors);

    /// <summary>A method or baseline: the chosen step, its held-out scores and its curve.</summary>
    internal sealed record MethodView(
        string Name, bool Baseline, int Directions, long? Avoided, double? Orthogonality, double? OrthogonalityLimit, string? Direction, int? Sign, double? Lambda,
        double? TrainKeptDrop, double? TrainAblatedAccuracy, SteeringPoint? Before, SteeringPoint? After, double? KeptDrop, double? AblatedAccuracy,
        double? CleanAblation, double? AreaBetween, double? ValidityRadius, double? Purity, double? LargestCosine, double Seconds,
        IReadOnlyList<SteeringPoint> Curve, IReadOnlyList<string> Remarks)
    {
        internal static MethodView Of(SteerRow row)
        {
            var (grade, choice) = (row.Grade, row.Grade.Choice);
            return new MethodView(
                row.Name, row.IsBaseline, grade.Answer.Directions.Count, grade.Answer.Avoided?.Dimension,
                grade.Orthogonality is { Length: > 0 } shares ? shares.Max() : null, grade.OrthogonalityLimit, choice?.Direction.Name, choice?.Sign, choice?.Lambda,
                choice?.KeptDrop, choice?.AblatedAccuracy, grade.Curve?.Origin, grade.Chosen, grade.KeptDrop, grade.AblatedAccuracy, grade.CleanAblation,
                grade.Curve?.AreaBetween(), row.Validity?.Radius, row.Purity, row.LargestCosine, row.Seconds, grade.Curve?.Points ?? [], grade.Answer.Remarks);
        }
    }

    /// <summary>A single direction of the seed equation in one sense, on some held-out samples; null: no radius could be measured.</summary>
    internal sealed record CurveView(string Direction, int Sign, double? ValidityRadius, IReadOnlyList<SteeringPoint> Points)
    {
        internal static IEnumerable<CurveView> Of(SteeredDirection single) =>
            new[] { single.Forwards, single.Backwards }.Select(curve => new CurveView(curve.Direction, curve.Sign, single.Validity?.Radius, curve.Points));
    }

    /// <summary>One method at several k or q: held-out scores at the chosen steps; null where there was no direction.</summary>
    internal sealed record SweepView(string Name, IReadOnlyList<int> Counts, IReadOnlyList<SteeringPoint?> Chosen);

    internal static SteerView Of(string model, ComputeSettings settings, long parameters, SteerResult result)
    {
        var independence = result.Independence;
        double[][] overlap = [.. Enumerable.Range(0, independence.Overlap.GetLength(0)).Select(row =>
            Enumerable.Range(0, independence.Overlap.GetLength(1)).Select(column => independence.Overlap[row, column]).ToArray())];
        return new SteerView(
            model, settings.ModelSeed, settings.SingleSeed(), (settings.Disguise ?? Grading.CaseDisguise.None).Label, settings.Dtype, settings.Device,
            settings.Threads, result.Data.Names.Keep, result.Data.Names.Ablate, result.Data.Known, result.Data.Unknown?.Name, parameters, result.Norm,
            new(overlap, independence.Angles, independence.MeanSquaredCosine, independence.RandomMeanSquaredCosine, independence.UnionDimension,
                independence.IsLinearlyIndependent, result.Colours),
            [.. result.Rows.Select(MethodView.Of)], [.. result.Singles.SelectMany(CurveView.Of)],
            [.. result.Sweeps.Select(sweep => new SweepView(sweep.Name, sweep.Counts, [.. sweep.Grades.Select(grade => grade.Chosen)]))], result.Seconds);
    }
}

using Harness.Grading;
using Harness.Methods;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>One hop or round of a sphere search with the grader's words beside it. Arrays have one entry for each planted subnetwork.</summary>
/// <param name="Name"><c>hop 1</c>, <c>round 2</c>, …; round 1 is hop 1.</param>
/// <param name="Eigenvectors">K of the chosen search; null: none was chosen.</param>
/// <param name="Searches">How many searches there were.</param>
/// <param name="Points">The chosen search, by radius.</param>
/// <param name="Center">Cross-entropy and strengths at the centre, radius 0.</param>
/// <param name="ChangeSpectrum">Leading singular values of ΔJ at the raw displacement: the method's own sign of a break.</param>
/// <param name="ChangePurity">Share of the leading ten directions of ΔJ in the planted subnetwork that has most of them; null: none was chosen.</param>
/// <param name="Dimensions">Of the purified subspace; null: none was found.</param>
/// <param name="Containment">Share of the purified subspace in each planted subnetwork.</param>
/// <param name="Captured">Share of the displacement in the purified subspace.</param>
/// <param name="Remaining">Share of ‖J0‖² that is not frozen yet.</param>
/// <param name="StartShares">Shares of the random start that was searched from: what a search that does nothing answers.</param>
/// <param name="StartBroken">Whether exactly one subnetwork is broken at that start.</param>
/// <param name="RandomShares">Shares of a random displacement.</param>
internal sealed record SphereColumns(
    string Name, int? Eigenvectors, int Searches, IReadOnlyList<SphereColumns.Point> Points, SphereColumns.Point Center, double[] ChangeSpectrum, double? ChangePurity, long? Dimensions,
    double[]? Containment, double Captured, double Remaining, double[]? StartShares, bool? StartBroken, double[] RandomShares)
{
    private const int Shown = 12;

    /// <summary>One radius of the chosen search.</summary>
    /// <param name="Share">Radius, as a share of the norm of what may move.</param>
    /// <param name="Radius">Radius, in units of parameters.</param>
    /// <param name="CrossEntropy">Mean loss without weight decay.</param>
    /// <param name="Growth">Size of the centred logits, relative to the start.</param>
    /// <param name="Accuracy">On all samples.</param>
    /// <param name="Strengths">Relative to θ*.</param>
    /// <param name="Shares">Of the displacement's squared length.</param>
    /// <param name="Broken">Index of the one planted subnetwork that is broken; null: not exactly one.</param>
    internal sealed record Point(
        double Share, double Radius, double CrossEntropy, double Growth, double Accuracy, double[] Strengths, double[] Shares, int? Broken);

    /// <summary>The last radius; null: no search was chosen.</summary>
    internal Point? End => Points.Count > 0 ? Points[^1] : null;

    internal static SphereColumns Of(string name, SphereRound round, SphereGrader grader, IReadOnlyList<double> radii, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(random.Gaussians(round.Center.shape[0])).unsqueeze(0);
        Point Measured(SpherePoint point, double share)
        {
            var parameters = round.Center + point.Displacement;
            var strengths = grader.Strengths(parameters);
            return new Point(
                share, point.Radius, point.CrossEntropy, point.Growth, grader.Accuracy(parameters), strengths, grader.Shares(point.Displacement.unsqueeze(0)),
                SphereGrader.Broken(strengths));
        }

        var chosen = round.Chosen;
        var atCenter = grader.Strengths(round.Center);
        var center = new Point(0, 0, grader.CrossEntropy(round.Center), 1, grader.Accuracy(round.Center), atCenter, [], SphereGrader.Broken(atCenter));
        return new SphereColumns(
            name, chosen?.Eigenvectors, round.Paths.Count, chosen is null ? [] : [.. chosen.Points.Zip(radii, Measured)], center, [.. round.ChangeSpectrum.Take(Shown)],
            round.Changes is { } changes ? grader.Shares(changes).Max() : null, round.Subspace?.Dimension,
            round.Subspace is { } found ? grader.Shares(found.Basis()) : null, round.Captured, round.Remaining,
            chosen is null ? null : grader.Shares(chosen.Unsearched.unsqueeze(0)),
            chosen is null ? null : SphereGrader.Broken(grader.Strengths(round.Center + chosen.Unsearched)) is not null, grader.Shares(rows));
    }
}

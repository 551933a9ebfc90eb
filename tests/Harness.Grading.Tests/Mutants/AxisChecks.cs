using Harness.Decompositions;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// What the axes must say of known answers on <see cref="DiagonalPlant"/>, by hand. Each check is a function of the axes and returns how far they are off; the
/// real ones must be accepted by all and every mutant rejected by at least one.
/// </summary>
internal static class AxisChecks
{
    /// <summary>Targets are 0.8 of what the network does: without a subnetwork the loss rises from 0.04 to 0.64 of its output's square.</summary>
    private const double Fit = 0.8;

    public static IReadOnlyDictionary<string, Func<NaiveAxes, double>> All { get; } = new Dictionary<string, Func<NaiveAxes, double>>
    {
        ["the truth is selective"] = axes => Off(axes, 1, "selectivity", Truth),
        ["a direction that also moves other inputs is not"] = axes => Off(axes, 1 - 0.5 / (1 + Math.Sqrt(4.25)) / 3, "selectivity", Leaking, Truth[1], Truth[2]),
        ["the direction that matters most is moved along"] = axes => Off(axes, 1, "selectivity", Axes(0, 9), Axes(4), Axes(8)),
        ["what was not found counts 0 in selectivity"] = axes => Off(axes, 2 / 3.0, "selectivity", Axes(0), Axes(4)),
        ["taking a subnetwork out costs its loss"] = axes => Off(axes, 0.6 * (2.5 + 4 + 9) / 3, "necessity.active", Truth),
        ["what was not found counts 0 in necessity"] = axes => Off(axes, 0.6 * (4 + 9) / 3, "necessity.active", Truth[1..]),
        ["taking a subnetwork out costs nothing elsewhere"] = axes => Off(axes, 0, "necessity.inactive", Truth),
        ["a leaking component costs loss elsewhere"] = axes => Off(
            axes, (0 + 0.2 + 0.2) / 3 / 3, "necessity.inactive", Truth[0], Truth[1], new Subnetwork("more", component: DiagonalPlant.Component(0, 1, 3))),
        ["the order of an answer carries no meaning"] = axes => Off(axes, 0.6 * (2.5 + 4 + 9) / 3, "necessity.active", Truth[2], Truth[0], Truth[1]),
        ["the truth is sufficient"] = axes => Off(axes, 1, "sufficiency", Truth),
        ["a subnetwork claimed off is off"] = axes => Off(axes, 1 - 4 / 22.0, "sufficiency", Truth[0], DiagonalPlant.With(Truth[1], 0, 0, 1, 0), Truth[2]),
        ["a lower loss than the network's is no merit"] = axes => Off(axes, 1, "sufficiency", [.. Truth.Select(one => one with { Component = one.Component! * Fit })]),
        ["a component that cancels elsewhere is not sufficient"] = axes => Off(axes, 1 - 5.6 / 13.2, "sufficiency", Cancelling),
        ["the worst mask leaves one of two that cancel"] = axes => Off(axes, 1 - (5.6 + 1.4) / 13.2, "sufficiency.masks", Cancelling),
        ["the truth's activity agrees with itself"] = axes => Off(axes, 1, "activity.auroc", Active) + Off(axes, 1, "activity.precision", Active),
        ["a constant claim is chance"] = axes => Off(axes, 0.5, "activity.auroc", Constant) + Off(axes, (2 + 2 + 1) / 12.0, "activity.precision", Constant),
        ["what was not found is a constant claim"] = axes => Off(axes, (1 + 1 + 0.5) / 3, "activity.auroc", Active[..2]),
        ["activity is compared after matching"] = axes => Off(axes, 1, "activity.auroc", Active[1], Active[2], Active[0]),
        ["halves of θ* add up to it"] = axes => Off(axes, 0, "faithfulness.sum", HalfOfTheta, HalfOfTheta),
        ["what is missing counts by its square"] = axes => Off(axes, 9 / 14.0, "faithfulness.sum", Truth[..2]),
        ["shared tensors need not be decomposed"] = axes => Off(axes, 0, "faithfulness.sum", Truth),
        ["active subnetworks are counted per input"] = axes => Off(axes, 5 / 4.0, "simplicity.active", Active),
        ["effective rank is the entropy of squares"] = axes => Off(axes, Math.Exp(-new[] { 1, 4, 9 }.Sum(q => q / 14.0 * Math.Log(q / 14.0))), "simplicity.rank", Theta),
        ["θ* is perfect by the papers' scores"] = axes => Off(axes, 1, "literature.mmcs", Theta) + Off(axes, 1, "literature.ml2r", Theta),
        ["a flipped component is not similar"] = axes => Off(
            axes, 2 / 3.0, "literature.mmcs", Truth[0], Truth[1], new Subnetwork("flipped", component: DiagonalPlant.Component(0, 0, -3))),
        ["what is missing is a sum of squares"] = axes => Off(axes, 9, "literature.apd-faithfulness", Truth[..2]),
        ["a mean is over what is decomposed"] = axes => Off(axes, 9 / 9.0, "literature.spd-faithfulness", Truth[..2]),
        ["an importance counts once at most"] = axes => Off(
            axes, (2 * 1 + 1 + 0.5) / 4, "literature.spd-minimality", DiagonalPlant.With(Truth[0], 7, 0, 1, 0), DiagonalPlant.With(Truth[1], 0, 1, 0.5, 0)),
        ["each input keeps what matters there"] = axes => Off(axes, 0, "literature.apd-minimality", Truth),
        ["what is not there is not kept"] = axes => Off(axes, 9 / 3.0 / 4, "literature.apd-minimality", Truth[..2]),
        // c for the bias and c·x for the weights; squared, 1.625, 2.125, 3.125, 6.625 and, for the third input with ‖x‖² = 5, 15.625. The four
        // largest of eight are both of the third and both of the fourth input: 2·(1.625 + 2.125) of 39.5 is left.
        ["gradients are given back over all samples together"] = axes => Off(
            axes, 7.5 / 39.5, "literature.l3d-reconstruction", Axes(0, 1, 2, 3, 4, 5, 6, 7, 8), Axes(9, 10, 11)),
    };

    private static Subnetwork[] Truth => DiagonalPlant.Truth();

    private static Subnetwork Theta => new("θ*", component: DiagonalPlant.Component(1, 2, 3));

    private static Subnetwork HalfOfTheta => new("½θ*", component: DiagonalPlant.Component(0.5, 1, 1.5));

    /// <summary>Entry 0 and some of entry 1: on inputs of entry 0 alone it moves the outputs by 1, on those of both by √4.25, on those of entry 1 alone by ½.</summary>
    private static Subnetwork Leaking => new("leaking", component: DiagonalPlant.Component(1, 0.5, 0));

    /// <summary>The truth with its own activity, as strengths.</summary>
    private static Subnetwork[] Active => [.. Enumerable.Range(0, 3).Select(i => DiagonalPlant.With(Truth[i], [.. DiagonalPlant.Active(i).Select(on => on ? 0.7 : 0)]))];

    private static Subnetwork[] Constant => [.. Truth.Select(one => DiagonalPlant.With(one, 1, 1, 1, 1))];

    /// <summary>
    /// The truth, but components 1 and 2 hold entry 0 with opposite signs. All entries together recover 0.6·22 = 13.2 of the loss. On the third input, where 0 and
    /// 1 are on, entry 0 is twice there: (2.4² − 0.4²) = 5.6 more. With 1 left on at the first input, 1.2² − 0.2² = 1.4 more.
    /// </summary>
    private static Subnetwork[] Cancelling =>
    [
        Truth[0], new("1", component: DiagonalPlant.Component(1, 2, 0)), new("2", component: DiagonalPlant.Component(-1, 0, 3)),
    ];

    private static Subnetwork Axes(params long[] axes) => new("axes", new CoordinateSubspace(DiagonalPlant.Length, axes));

    private static double Off(NaiveAxes axes, double expected, string check, params Subnetwork[] answer)
    {
        using var scope = NewDisposeScope();
        var plant = new DiagonalPlant(Fit);
        using var profile = plant.Profile;
        return Math.Abs(expected - axes.Read(check, AxisCase.Of(plant, answer)));
    }
}

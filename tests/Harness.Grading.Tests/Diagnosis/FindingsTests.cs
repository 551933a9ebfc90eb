using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Every kind of fault, planted in an otherwise right answer, is named; the truth has none.</summary>
public sealed class FindingsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly DiagonalPlant _plant = new();

    public void Dispose()
    {
        _plant.Profile.Dispose();
        _scope.Dispose();
    }

    private static Subnetwork[] Truth => DiagonalPlant.Truth();

    [Fact]
    public void The_truth_has_no_faults()
    {
        Finds(RecoveryColumn.Components, Truth);
        Finds(RecoveryColumn.Directions, Axes(0), Axes(4), Axes(8));
    }

    [Fact]
    public void What_is_missing_is_named() => Finds(RecoveryColumn.Components, Truth[..2], "Not found: 'entry 2'.");

    [Fact]
    public void A_merge_is_named() => Finds(
        RecoveryColumn.Directions, [Axes(0, 4), Axes(8)],
        "Not found: 'entry 1'.", "Subnetwork 0 merges 'entry 0' and 'entry 1'.",
        "Subnetwork 0 answers 'entry 0' with 0.40: 50 % of it lies outside, 50 % in 'entry 1'.");

    [Fact]
    public void A_duplicate_is_named() => Finds(
        RecoveryColumn.Directions, [Axes(0), Axes(4), Axes(8), Axes(4)],
        "Subnetworks 1 and 3 are 2 answers for 'entry 1'; one would do.",
        "1 of 4 subnetworks match nothing; every one beyond 3 lowers the score.");

    /// <summary>Two thirds and a third of one component.</summary>
    [Fact]
    public void A_split_is_named() => Finds(
        RecoveryColumn.Components,
        [Truth[0], Truth[1], new Subnetwork("most", component: DiagonalPlant.Component(0, 0, 2)), new Subnetwork("rest", component: DiagonalPlant.Component(0, 0, 1))],
        "'entry 2' is split over subnetworks 2 and 3, which together hold 100 % of what matters in it.",
        "Subnetwork 2 is about 0.67 times 'entry 2'; sign and scale count.",
        "Subnetwork 3 is about 0.33 times 'entry 2'; sign and scale count.",
        "Subnetwork 2 answers 'entry 2' with 0.61: it holds 67 % of what matters.",
        "1 of 4 subnetworks match nothing; every one beyond 3 lowers the score.");

    [Fact]
    public void A_wrong_sign_is_named() => Finds(
        RecoveryColumn.Components, [Truth[0], Truth[1], new Subnetwork("flipped", component: DiagonalPlant.Component(0, 0, -3))],
        "Not found: 'entry 2'.", "Subnetwork 2 is about -1 times 'entry 2'; sign and scale count.", "1 of 3 subnetworks match nothing.");

    [Fact]
    public void A_leak_is_named() => Finds(
        RecoveryColumn.Components, [Truth[0], Truth[1], new Subnetwork("leaking", component: DiagonalPlant.Component(0, 0, 3) + Elsewhere(1.5))],
        "Subnetwork 2 answers 'entry 2' with 0.44: 20 % of it lies outside.");

    [Fact]
    public void Padding_is_said_to_cost_nothing() => Finds(
        RecoveryColumn.Components, [.. Truth, new Subnetwork("zero", component: DiagonalPlant.Component(0, 0, 0))],
        "1 dead (zero, tiny, or never active); they cost nothing.");

    [Fact]
    public void A_long_list_is_cut() => Assert.Equal(
        "9 of 9 subnetworks match nothing; every one beyond 3 lowers the score.",
        Of(RecoveryColumn.Directions, [.. Enumerable.Range(0, 9).Select(_ => new Subnetwork("whole", CoordinateSubspace.Whole(DiagonalPlant.Length)))])[^1]);

    private static Subnetwork Axes(params long[] axes) => new("axes", new CoordinateSubspace(DiagonalPlant.Length, axes));

    private static Tensor Elsewhere(double size) => tensor(new[] { 0, size, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 });

    private IReadOnlyList<string> Of(RecoveryColumn column, Subnetwork[] subnetworks)
    {
        var answer = new Decomposition(new MethodInfo("test", "1", "", false), subnetworks, new Dictionary<string, string>());
        return Findings.Of(_plant.Profile, subnetworks, RecoveryGrader.Grade(_plant.Profile, _plant.Model, answer).Single(one => one.Column == column));
    }

    private void Finds(RecoveryColumn column, params Subnetwork[] answer) => Finds(column, answer, []);

    private void Finds(RecoveryColumn column, Subnetwork[] answer, params string[] expected) => Assert.Equal(expected, Of(column, answer));
}

using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>What must not be said of a control.</summary>
internal static class WouldBeMiniatures
{
    internal static IReadOnlyList<Miniature> All { get; } =
    [
        new(
            "would-be-truth", MethodRole.Control,
            "On a control, what would be planted if it were the model that it imitates, and θ* in two halves where there is none; must be seen to claim structure.",
            Answer, ControlTruth.IsControl),
    ];

    private static IReadOnlyList<Subnetwork> Answer(MiniatureContext context) =>
        [.. ControlTruth.Of(context.Model, context.Profile.Parameters).WouldBe.Select(one => context.Answer(one.Name, one.Subspace, one.Component))];
}

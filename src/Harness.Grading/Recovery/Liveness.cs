using Harness.Decompositions;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Which submitted subnetworks take part in matching. Dead are: components with <c>‖p‖ &lt; 1e-2·max‖p‖</c> (or 0), directions that span nothing, and
/// subnetworks that claim never to be active. A dead one neither helps nor counts: padding an answer with zeros changes nothing.
/// </summary>
/// <remarks>grading.md, axis 1 (aggregate) and axis 7 (surplus). Pulled-back answers only: norms are those of the undisguised gauge.</remarks>
public static class Liveness
{
    /// <summary>Relative norm below which a component is dead.</summary>
    public const double DeadRelativeNorm = 1e-2;

    /// <summary>Whether each subnetwork is alive by its claimed activity and, where it has them, by its directions.</summary>
    public static bool[] OfDirections(IReadOnlyList<Subnetwork> subnetworks)
    {
        ArgumentNullException.ThrowIfNull(subnetworks);
        return [.. subnetworks.Select(one => !ClaimsNeverActive(one) && one.Directions is { Dimension: > 0 })];
    }

    /// <summary>Whether each subnetwork is alive by its claimed activity and the norm of its component on the decomposed tensors.</summary>
    /// <param name="subnetworks">The submitted subnetworks.</param>
    /// <param name="mask">1 on decomposed tensors, 0 elsewhere, <c>[P]</c>.</param>
    public static bool[] OfComponents(IReadOnlyList<Subnetwork> subnetworks, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(subnetworks);
        ArgumentNullException.ThrowIfNull(mask);
        using var scope = NewDisposeScope();
        // One that is never active does not set the scale for the others either.
        var norms = subnetworks.Select(one => one.Component is { } p && !ClaimsNeverActive(one) ? (p * mask).norm().ToDouble() : 0).ToArray();
        var threshold = DeadRelativeNorm * norms.DefaultIfEmpty(0).Max();
        return [.. norms.Select(norm => norm > 0 && norm >= threshold)];
    }

    private static bool ClaimsNeverActive(Subnetwork subnetwork) =>
        subnetwork.Activity is { Count: > 0 } activity && activity.Values.All(values => values.All(value => value == 0));
}

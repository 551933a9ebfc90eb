using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>How one method's steering directions did.</summary>
/// <param name="Answer">What was graded.</param>
/// <param name="Orthogonality">‖V_A d‖/‖d‖ of each direction against the subspace that it claims to avoid, <c>[directions]</c>; null: none is claimed.</param>
/// <param name="OrthogonalityLimit">The largest that rounding explains; null: none is claimed.</param>
/// <param name="Choice">The step that training data recommend; null: there was no direction.</param>
/// <param name="Curve">Held-out scores along the chosen direction, with the chosen step among the points; null: there was no direction.</param>
public sealed record SteeringGrade(
    SteeringAnswer Answer, double[]? Orthogonality, double? OrthogonalityLimit, SteeringChoice? Choice, SteeringCurve? Curve)
{
    /// <summary>Whether every direction is orthogonal to what it claims to avoid (MUST).</summary>
    public bool IsOrthogonal => Orthogonality is null || Orthogonality.All(share => share <= OrthogonalityLimit);

    /// <summary>Held-out scores at the chosen step.</summary>
    public SteeringPoint? Chosen => Curve?.Points.First(point => point.Lambda == Choice!.Lambda);

    /// <summary>Accuracy lost on the kept held-out set at the chosen step, in shares.</summary>
    public double? KeptDrop => Chosen is { } chosen ? Curve!.KeptDrop(chosen) : null;

    /// <summary>Accuracy on the ablated held-out set at the chosen step.</summary>
    public double? AblatedAccuracy => Chosen?.Ablate.Accuracy;

    /// <summary>Least accuracy on the ablated held-out set among the curve's steps that cost at most 2 points on the kept one.</summary>
    public double? CleanAblation => Curve?.Cleanest().Ablate.Accuracy;
}

namespace Harness.Grading;

/// <summary>A steered network's scores at <c>θ* + λ d</c>.</summary>
/// <param name="Lambda">λ ≥ 0, in units of parameters.</param>
/// <param name="Keep">On the kept set.</param>
/// <param name="Ablate">On the ablated set.</param>
/// <param name="Mixed">On the mixed set; null: there is none.</param>
public sealed record SteeringPoint(double Lambda, SetScore Keep, SetScore Ablate, SetScore? Mixed);

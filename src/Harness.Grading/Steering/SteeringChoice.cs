using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>The step that training data recommend.</summary>
/// <param name="Direction">d.</param>
/// <param name="Sign">+1 or −1.</param>
/// <param name="Lambda">λ ≥ 0; 0 where no step keeps the kept set.</param>
/// <param name="KeptDrop">Accuracy lost on the kept training set, in shares.</param>
/// <param name="AblatedAccuracy">Accuracy on the training set to ablate.</param>
public sealed record SteeringChoice(SteeringDirection Direction, int Sign, double Lambda, double KeptDrop, double AblatedAccuracy);

using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>Where a sphere search ended at one radius.</summary>
/// <param name="Radius">r, in units of parameters: the exact length of the displacement inside the eigenspace.</param>
/// <param name="Displacement">θ_r − θ0, <c>[P]</c> float64.</param>
/// <param name="CrossEntropy">The mean loss without weight decay and without a factor, in nats.</param>
/// <param name="Growth">Root mean square of the centred logits, relative to the start.</param>
/// <param name="Objective">What was minimised: the loss with weight decay, and the penalty.</param>
public sealed record SpherePoint(double Radius, Tensor Displacement, double CrossEntropy, double Growth, double Objective);

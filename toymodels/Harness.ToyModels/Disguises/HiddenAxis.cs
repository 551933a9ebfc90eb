namespace Harness.ToyModels;

/// <summary>Where hidden units meet a tensor: one of its axes runs over them.</summary>
/// <param name="Tensor">Name of the tensor: a parameter, or a constant of the network, which a disguise then changes too.</param>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Power">
/// When a unit is rescaled by c these entries are multiplied by <c>c^Power</c>: +1 for incoming weights and
/// biases, −1 for outgoing weights of a ReLU or linear unit, −2 for those of a unit that squares, 0 for weights that gate it. In a linear space
/// this is the axis's role under a change of basis B: +1 is contravariant (w' = Bw: what writes into the space), −1 is covariant (w' = B⁻ᵀw:
/// what reads from it).
/// </param>
/// <param name="Start">Index of the first unit along the axis; default 0. The axis may hold other units before and after.</param>
public sealed record HiddenAxis(string Tensor, int Axis, int Power, int Start = 0);

namespace Harness.ToyModels;

/// <summary>Where hidden units meet a tensor: one of its axes runs over them.</summary>
/// <param name="Tensor">Name of the tensor.</param>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Power">
/// When a unit is rescaled by c these entries are multiplied by <c>c^Power</c>: +1 for incoming weights and
/// biases, −1 for outgoing weights of a ReLU or linear unit, −2 for those of a unit that squares, 0 for weights that gate it.
/// </param>
/// <param name="Start">Index of the first unit along the axis; default 0. The axis may hold other units before and after.</param>
public sealed record HiddenAxis(string Tensor, int Axis, int Power, int Start = 0);

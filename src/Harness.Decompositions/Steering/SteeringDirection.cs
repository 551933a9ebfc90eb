using static TorchSharp.torch;

namespace Harness.Decompositions;

/// <summary>A line through θ* in parameter space. Both signs belong to it, for whoever steps along it.</summary>
/// <param name="Name">Where it comes from, e.g. <c>v3</c>.</param>
/// <param name="Vector">d, <c>[P]</c> float64, of length 1.</param>
public sealed record SteeringDirection(string Name, Tensor Vector);

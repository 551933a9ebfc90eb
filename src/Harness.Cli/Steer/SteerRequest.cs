using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>What a <c>steer</c> command line asks for beside model and data.</summary>
/// <param name="Directions">Eigenvectors of the set to ablate that are tried.</param>
/// <param name="Eigenvectors">k of the Hessian complement; null: the default.</param>
/// <param name="JacobianDirections">q of the Jacobian complement; null: the default.</param>
/// <param name="OffGradient">Whether θ* is no minimum.</param>
/// <param name="Seed">Seed of the methods.</param>
/// <param name="DataType">Precision of products and forward passes.</param>
/// <param name="Device">Where.</param>
/// <param name="Sweep">Whether to answer for several k and q too.</param>
internal sealed record SteerRequest(
    int Directions, int? Eigenvectors, int? JacobianDirections, bool OffGradient, ulong Seed, ScalarType DataType, string Device, bool Sweep);

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The curvature along any direction, not only along an eigenvector, and how far it holds: what a steering step rests on.</summary>
/// <param name="Curvature"><c>vᵀHv</c> for v of unit length, from one float64 product.</param>
/// <param name="Validity">How far it holds, in lengths of v scaled to one; null if the operator is not the Hessian of a known function.</param>
public sealed record DirectionValidity(double Curvature, ValidityRadius? Validity)
{
    /// <summary>Measures one direction: one product and 20 to 60 gradients.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="direction"><c>[n]</c> float64, finite and not zero; of any length.</param>
    /// <exception cref="ArgumentException">The direction is not <c>[n]</c> float64, or its length is zero or not finite.</exception>
    public static DirectionValidity Along(ISymmetricOperator op, Tensor direction)
    {
        ArgumentNullException.ThrowIfNull(op);
        Blocks.CheckVector(direction, op.Dimension);
        using var scope = NewDisposeScope();
        var length = direction.norm().ToDouble();
        if (!(length > 0 && double.IsFinite(length)))
            throw new ArgumentException($"The direction must have a finite length above 0, got {length}.", nameof(direction));
        var vector = direction.detach() / length;
        var product = op.Reference.Multiply(vector.unsqueeze(0))[0];
        var curvature = product.dot(vector).ToDouble();
        if (op.Function is not { } function)
            return new DirectionValidity(curvature, null);
        var isZero = Math.Abs(curvature) <= Tolerances.NoiseFloor(Tolerances.AssumedNoise64) * product.norm().ToDouble();
        return new DirectionValidity(
            curvature, isZero ? new ValidityRadius(ValidityOutcome.ZeroEigenvalue, null, double.NaN, null, default) : new ValidityScan(function, curvature, vector).Find());
    }
}

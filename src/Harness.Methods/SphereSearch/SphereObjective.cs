using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// The objective of methods.md M4 on one sphere: with <c>z = V(Vᵀy)</c> and <c>q = y − z</c> (both off what is frozen),
/// <c>L(θ0 + r·z/‖z‖ + q) + λo‖q‖²</c>. The radius is hard inside the eigenspace V, and the complement soft.
/// </summary>
/// <param name="landscape">L, weight decay included.</param>
/// <param name="center">θ0, <c>[P]</c>; it stays where it is for all radii.</param>
/// <param name="eigenspace">V, <c>[K, P]</c> orthonormal rows, orthogonal to what is frozen.</param>
/// <param name="frozen">F, what must not move.</param>
/// <param name="radius">r, above 0.</param>
/// <param name="penalty">λo, at least 0; infinite: <c>q = 0</c>, so that nothing leaves the eigenspace.</param>
internal sealed class SphereObjective(LossLandscape landscape, Tensor center, Tensor eigenspace, Subspace frozen, double radius, double penalty)
{
    /// <summary>Value and gradient at y.</summary>
    internal (double Value, double[] Gradient) At(double[] point)
    {
        using var scope = NewDisposeScope();
        var (z, q) = Parts(tensor(point));
        var length = z.norm();
        var (loss, gradient) = landscape.ValueAndGradient(center + z / length * radius + q);
        var pulled = Free(gradient);
        var inside = Onto(pulled);
        // z/‖z‖: what is radial falls away, and the rest is scaled by r/‖z‖.
        var tangent = (inside - z * (z.dot(inside) / length.square())) * (radius / length);
        if (double.IsPositiveInfinity(penalty))
            return (loss, tangent.contiguous().data<double>().ToArray());
        var outside = pulled - inside + 2 * penalty * q;
        return (loss + penalty * q.square().sum().ToDouble(), (tangent + outside).contiguous().data<double>().ToArray());
    }

    /// <summary>θ_r − θ0 for y.</summary>
    internal Tensor Displacement(double[] point)
    {
        using var scope = NewDisposeScope();
        var (z, q) = Parts(tensor(point));
        return (z / z.norm() * radius + q).MoveToOuterDisposeScope();
    }

    private (Tensor Inside, Tensor Outside) Parts(Tensor y)
    {
        var inside = Onto(y);
        return (inside, double.IsPositiveInfinity(penalty) ? zeros_like(inside) : Free(y) - inside);
    }

    private Tensor Onto(Tensor vector) => eigenspace.matmul(vector).matmul(eigenspace);

    private Tensor Free(Tensor vector) => frozen.Dimension == 0 ? vector : frozen.ProjectOff(vector.unsqueeze(0))[0];
}

using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Makes the Hessian of a problem at its point, its samples in batches of the given size, products in the given precision.</summary>
internal delegate ISymmetricOperator HessianFactory(Problem problem, long batch, ScalarType precision);

/// <summary>One row of the tolerance table as a check of any Hessian, right or faulty. Returns null when it holds.</summary>
internal sealed record HessianCheck(string Name, Func<HessianFactory, NetworkSpec, Violation?> Run)
{
    public override string ToString() => Name;
}

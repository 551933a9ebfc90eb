using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

public class ProjectorMutantTests
{
    /// <summary>BᵀB is a projector only for orthonormal rows.</summary>
    [Fact]
    public void A_projection_with_a_basis_that_is_not_orthonormal_is_rejected()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            using var scope = NewDisposeScope();
            var rows = tensor(new RandomSource((ulong)seed).Gaussians(3 * 12), [3, 12]) / Math.Sqrt(12);
            var violation = SubspaceChecks.Projector(block => block.matmul(rows.transpose(0, 1)).matmul(rows), 12, (ulong)seed);
            Assert.Equal("projector: idempotence", violation?.Check);
            Expect.None(SubspaceChecks.Projector(DenseSubspace.Span(rows).Project, 12, (ulong)seed));
            Expect.None(SubspaceChecks.Projector(DenseSubspace.Span(rows).ProjectOff, 12, (ulong)seed));
        }
    }
}

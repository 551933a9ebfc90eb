using Harness.Conformance;
using Harness.Grading;
using Harness.Decompositions;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

public sealed class RandomSubspacesConformance : DecompositionMethodConformance
{
    protected override IDecompositionMethod CreateMethod() => new RandomSubspaces();

    /// <summary>What holds instead: the answer does not move with the units, for it does not look at the model at all.</summary>
    [Fact]
    public override void M7_The_order_of_hidden_units_does_not_matter()
    {
        foreach (var subject in Subjects)
        {
            using var scope = NewDisposeScope();
            var answer = CreateMethod().Decompose(subject.Create(), MethodContext.Default(3));
            var twin = CreateMethod().Decompose(subject.Permuted!().Twin, MethodContext.Default(3));
            Assert.InRange(DecompositionDistance.Between(answer, twin), 0, Tolerance);
        }
    }
}

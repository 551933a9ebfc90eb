using Harness.Conformance;
using Harness.Decompositions;

namespace Harness.Methods.Tests;

public sealed class GradientPcaConformance : DecompositionMethodConformance
{
    protected override IDecompositionMethod CreateMethod() => new GradientPca();
}

using Harness.Conformance;
using Harness.Decompositions;

namespace Harness.Methods.Tests;

public sealed class WeightSvdConformance : DecompositionMethodConformance
{
    protected override IDecompositionMethod CreateMethod() => new WeightSvd();
}

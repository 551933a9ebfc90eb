using Harness.Conformance;
using Harness.Decompositions;

namespace Harness.Methods.Tests;

public sealed class UnitClustersConformance : DecompositionMethodConformance
{
    protected override IDecompositionMethod CreateMethod() => new UnitClusters();
}

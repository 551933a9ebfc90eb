using FsCheck;
using FsCheck.Fluent;

namespace Harness.ToyModels.Tests;

/// <summary>Specs whose unwanted terms cancel exactly.</summary>
public static class ModularAdditionSpecs
{
    public static Arbitrary<ModularAdditionSpec> Exact() =>
        (from modulus in Gen.Elements(5, 7, 11, 13, 17, 19, 23)
         from count in Gen.Choose(1, (modulus - 1) / 2)
         from phases in Gen.Elements((6, -2), (7, 3), (8, 2))
         select new ModularAdditionSpec(modulus, count, phases.Item1, phases.Item2)).ToArbitrary();
}

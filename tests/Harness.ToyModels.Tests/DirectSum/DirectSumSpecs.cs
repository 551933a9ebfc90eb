using FsCheck;
using FsCheck.Fluent;

namespace Harness.ToyModels.Tests;

/// <summary>Small direct sums of every shape.</summary>
public static class DirectSumSpecs
{
    public static Arbitrary<DirectSumSpec> Any() =>
        (from blocks in Gen.Choose(2, 4)
         from inputs in Gen.Choose(1, 4)
         from hidden in Gen.Choose(1, 5)
         from outputs in Gen.Choose(1, 3)
         select new DirectSumSpec(blocks, inputs, hidden, outputs)).ToArbitrary();
}

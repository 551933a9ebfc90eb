using FsCheck;
using FsCheck.Fluent;
using Harness.Models;

namespace Harness.ToyModels.Tests;

/// <summary>Small linear and logistic regressions.</summary>
public static class RegressionSpecs
{
    public static Arbitrary<RegressionSpec> Small() =>
        (from features in Gen.Choose(1, 5)
         from outputs in Gen.Choose(2, 4)
         from samples in Gen.Choose(20, 60)
         from kind in Gen.Elements(LossKind.MeanSquaredError, LossKind.CrossEntropy)
         select new RegressionSpec("regression", features, outputs, new Loss(kind, kind == LossKind.CrossEntropy ? 0.05 : 0)) { Samples = samples })
        .ToArbitrary();
}

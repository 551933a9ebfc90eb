using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// A device computes what the CPU does, to the tolerances of the precision: products, certified pairs, validity radii. Kills: a tensor left on another
/// device, sums over batches in the device's precision, a product that a device rounds more coarsely than its precision says (TF32) without the
/// measured noise showing it.
/// </summary>
public class DeviceTests
{
    private static readonly NetworkSpec s_spec = new(5, 12, 2, 4, 60, 25, Activation.Gelu, LossKind.CrossEntropy, true, 0.01, 17);

    /// <summary>The same code where no device is: so that it is known to run.</summary>
    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void The_CPU_agrees_with_itself(ScalarType dataType) => Agrees("cpu", dataType);

    [CudaTheory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void A_CUDA_device_agrees_with_the_CPU(ScalarType dataType) => Agrees("cuda:0", dataType);

    private static void Agrees(string place, ScalarType dataType)
    {
        foreach (var activation in new[] { Activation.Gelu, Activation.Relu })
        {
            using var scope = NewDisposeScope();
            var problem = Problem.Create(s_spec with { Activation = activation });
            LossLandscape On(string device, ScalarType type) => new(problem.Network, problem.Loss, problem.Data, new LandscapeOptions(s_spec.Batch, type, device));
            using var expected = On("cpu", ScalarType.Float64).Hessian(problem.Parameters);
            using var actual = On(place, dataType).Hessian(problem.Parameters);
            var request = new EigenRequest(4, SpectrumEnd.Magnitude);
            var right = new ThickRestartLanczos().Solve(expected, request);
            var pairs = new ThickRestartLanczos().Solve(actual, request);

            Assert.True(pairs.Converged, $"{pairs.Flags}");
            // Float64 sums in another order, and float32 no coarser than its unit roundoff times what a few layers pass on.
            var unit = dataType == ScalarType.Float64 ? Tolerances.UnitRoundoff64 : Tolerances.UnitRoundoff32;
            var noise = Math.Max(64 * unit, pairs.Noise);
            Assert.InRange(pairs.Noise, 0, Math.Max(1024 * unit, Tolerances.LeastNoise(actual.Dimension)));
            Expect.None(OperatorChecks.Agreement("device", actual, expected, Tolerances.SameProduct(noise), 3));
            Assert.All(EigenpairChecks.Ratios(actual, request, pairs), ratio => Assert.True(ratio.Holds, $"{ratio}"));
            for (var i = 0; i < pairs.Count; i++)
                Assert.InRange(
                    Math.Abs(pairs.Values[i]) - Math.Abs(right.Values[i]), -Bound(i), Bound(i));
            var (there, here) = (pairs.MeasureValidity().Radii!, right.MeasureValidity().Radii!);
            for (var i = 0; i < pairs.Count; i++)
                if (pairs.AngleBounds[i] < 1e-6 && right.AngleBounds[i] < 1e-6)
                    Assert.Equal(Math.Log(here[i].Radius!.Value), Math.Log(there[i].Radius!.Value), Math.Log(Tolerances.ValidityResolution) + 1e-3);

            double Bound(int i) => pairs.ValueBounds[i] + right.ValueBounds[i] + (Tolerances.DenseEigenvalue(actual.Dimension) * right.Norm);
        }
    }
}

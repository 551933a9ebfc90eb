using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace Harness.Benchmarks;

/// <summary>
/// What a Hessian-vector product costs, as a ratio to a gradient: on the retained graph (target ≤ 1.5) and with a fresh double backward each time.
/// </summary>
public class HessianBenchmarks
{
    private ReferenceMlp _problem = null!;

    [Params(ScalarType.Float32, ScalarType.Float64)]
    public ScalarType DataType { get; set; }

    [GlobalSetup]
    public void Setup() => _problem = new ReferenceMlp(DataType);

    [GlobalCleanup]
    public void Cleanup() => _problem.Dispose();

    [Benchmark(Baseline = true)]
    public void Gradient() => _problem.Landscape.Gradient(_problem.Parameters).Dispose();

    [Benchmark]
    public void RetainedProduct() => _problem.Hessian.Multiply(_problem.Vector).Dispose();

    [Benchmark]
    public void FreshProduct()
    {
        using var hessian = _problem.Landscape.Hessian(_problem.Parameters);
        hessian.Multiply(_problem.Vector).Dispose();
    }
}

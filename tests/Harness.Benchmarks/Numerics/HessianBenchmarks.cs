using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace Harness.Benchmarks;

/// <summary>
/// What a Hessian-vector product costs, as a ratio to a gradient: written out by hand, as plain networks have it (target ≤ 1.5), on the retained graph, and with a
/// fresh double backward each time.
/// </summary>
public class HessianBenchmarks
{
    private ReferenceMlp _problem = null!;
    private ReferenceMlp _differentiated = null!;

    [Params(ScalarType.Float32, ScalarType.Float64)]
    public ScalarType DataType { get; set; }

    [GlobalSetup]
    public void Setup() => (_problem, _differentiated) = (new ReferenceMlp(DataType), new ReferenceMlp(DataType, alwaysDifferentiate: true));

    [GlobalCleanup]
    public void Cleanup()
    {
        _problem.Dispose();
        _differentiated.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Gradient() => _problem.Landscape.Gradient(_problem.Parameters).Dispose();

    [Benchmark]
    public void Product() => _problem.Hessian.Multiply(_problem.Vector).Dispose();

    [Benchmark]
    public void RetainedProduct() => _differentiated.Hessian.Multiply(_differentiated.Vector).Dispose();

    [Benchmark]
    public void FreshProduct()
    {
        using var hessian = _differentiated.Landscape.Hessian(_differentiated.Parameters);
        hessian.Multiply(_differentiated.Vector).Dispose();
    }
}

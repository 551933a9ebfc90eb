using BenchmarkDotNet.Attributes;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Benchmarks;

/// <summary>
/// What the solver costs beside its products (target: at most 5 % for P ≥ 20,000): the whole solution against as many bare products.
/// </summary>
public class EigensolverBenchmarks
{
    private static readonly EigenRequest s_request = new(10) { ProofDimension = 0 };

    private ReferenceMlp _problem = null!;
    private long _products;

    [GlobalSetup]
    public void Setup()
    {
        _problem = new ReferenceMlp(ScalarType.Float32);
        _products = Solution();
    }

    [GlobalCleanup]
    public void Cleanup() => _problem.Dispose();

    [Benchmark(Baseline = true)]
    public void ProductsAlone()
    {
        for (var i = 0; i < _products; i++)
            _problem.Hessian.Multiply(_problem.Vector).Dispose();
    }

    [Benchmark]
    public long Solution()
    {
        using var scope = NewDisposeScope();
        return new ThickRestartLanczos().Solve(_problem.Hessian, s_request).Products;
    }
}

using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace Harness.Benchmarks;

/// <summary>How a Hessian-vector product grows with parameters (hidden units) and samples (pairs modulo p), beside a gradient of the same size.</summary>
public class ScalingBenchmarks
{
    private ReferenceMlp _problem = null!;

    /// <summary>Hidden units: P is about (3p + 1) times as many.</summary>
    [Params(32, 128, 512)]
    public int Hidden { get; set; }

    /// <summary>p: there are p² samples.</summary>
    [Params(23, 59)]
    public int Prime { get; set; }

    [GlobalSetup]
    public void Setup() => _problem = new ReferenceMlp(ScalarType.Float32, Hidden, Prime);

    [GlobalCleanup]
    public void Cleanup() => _problem.Dispose();

    [Benchmark(Baseline = true)]
    public void Gradient() => _problem.Landscape.Gradient(_problem.Parameters).Dispose();

    [Benchmark]
    public void Product() => _problem.Hessian.Multiply(_problem.Vector).Dispose();
}

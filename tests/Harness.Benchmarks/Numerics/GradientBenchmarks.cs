using BenchmarkDotNet.Attributes;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Benchmarks;

/// <summary>
/// One value and gradient of a small classifier, of which a sphere search takes 15,000: with the loss differentiated in closed form, against a graph through
/// the loss (0.75 of it where this was written).
/// </summary>
public class GradientBenchmarks
{
    private ToyModel _toy = null!;
    private LossLandscape _landscape = null!;

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        _toy = ToyModelCatalog.Create("modular-addition-chunked");
        _landscape = new LossLandscape(_toy.Model.Network, _toy.Model.Loss, _toy.DataSets[0]);
    }

    [Benchmark(Baseline = true)]
    public double ThroughTheLoss()
    {
        using var scope = NewDisposeScope();
        using var mode = enable_grad();
        var (model, data) = (_toy.Model, _toy.DataSets[0]);
        Tensor[] leaves = [.. model.Network.Layout.Split(model.Parameters.detach()).Select(part => part.clone().requires_grad_())];
        var loss = model.Loss.PerSample(model.Network.Forward(leaves, data.Inputs), data.Targets).mean();
        autograd.grad([loss], leaves);
        return loss.ToDouble();
    }

    [Benchmark]
    public double InClosedForm()
    {
        using var scope = NewDisposeScope();
        return _landscape.ValueAndGradient(_toy.Model.Parameters).Value;
    }
}

using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>Cross-entropy at a point, and how much larger the centred logits are there than at the start.</summary>
internal sealed class LogitGrowth
{
    private readonly LossLandscape _landscape;
    private readonly double _start;

    internal LogitGrowth(LossLandscape landscape, Tensor start)
    {
        _landscape = landscape;
        using var scope = NewDisposeScope();
        _start = Size(landscape.Outputs(start));
    }

    /// <summary>Mean loss without weight decay or factor, to be compared with guessing, and the ratio of root mean squares; infinite where all logits were equal at the start.</summary>
    internal (double CrossEntropy, double Growth) At(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        var outputs = _landscape.Outputs(parameters);
        var losses = (_landscape.Loss with { Factor = 1 }).PerSample(outputs, _landscape.Data.Targets);
        var weights = _landscape.Data.Weights ?? ones_like(losses);
        return ((losses.dot(weights) / weights.sum()).ToDouble(), Size(outputs) / _start);
    }

    private static double Size(Tensor outputs) => (outputs - outputs.mean([1], true)).square().mean().sqrt().ToDouble();
}

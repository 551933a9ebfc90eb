using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>A network, a point, samples and a loss, built from a spec. Belongs to the dispose scope in which it is built.</summary>
public sealed record Problem(Network Network, Tensor Parameters, DataSet Data, Loss Loss)
{
    public static Problem Create(NetworkSpec spec)
    {
        var random = new RandomSource((ulong)spec.Seed);
        var network = Networks.Of(spec);
        var parameters = tensor(random.Gaussians(network.Layout.Length)) * 0.7;
        var inputs = Inputs(spec, random);
        var targets = spec.Loss == LossKind.CrossEntropy
            ? tensor(Enumerable.Range(0, spec.Samples).Select(_ => (long)random.NextInt32(spec.Outputs)).ToArray())
            : tensor(random.Gaussians(spec.Samples * spec.Outputs), [spec.Samples, spec.Outputs]);
        var weights = spec.IsWeighted ? tensor(Enumerable.Range(0, spec.Samples).Select(_ => random.NextDouble(0.1, 3)).ToArray()) : null;
        return new Problem(network, parameters, new DataSet("all", inputs, targets, weights), new Loss(spec.Loss, spec.WeightDecay));
    }

    /// <summary>P.</summary>
    public long Dimension => Network.Layout.Length;

    public LossLandscape Landscape(long batchSize = 4096, ScalarType dataType = ScalarType.Float64) =>
        new(Network, Loss, Data, new LandscapeOptions(batchSize, dataType));

    private static Tensor Inputs(NetworkSpec spec, RandomSource random)
    {
        if (spec.Family == NetworkFamily.OneHotSum)
            return tensor(Enumerable.Range(0, 2 * spec.Samples).Select(_ => (long)random.NextInt32(spec.Outputs)).ToArray(), [spec.Samples, 2]);
        long side = Networks.ImageSide(spec);
        long[] shape = spec.Family switch
        {
            NetworkFamily.Convolution => [spec.Samples, 1, side, side],
            NetworkFamily.TiedAutoencoder => [spec.Samples, spec.Outputs],
            _ => [spec.Samples, spec.Inputs],
        };
        return tensor(random.Gaussians(shape.Aggregate((product, size) => product * size)), shape);
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What each sample asks of the parameters: <c>g = J(x)ᵀ(f(x) − mean f)</c>. Unlike the gradient of the loss it does not vanish at a perfect fit.
/// </summary>
internal static class PerSampleGradients
{
    /// <summary>Samples taken of all data sets together, spaced evenly.</summary>
    private const int MostSamples = 256;

    /// <summary>Rows <c>[N, P]</c>, one for each sample; all 0 where the outputs do not vary.</summary>
    internal static Tensor Of(Model model, IReadOnlyList<DataSet> dataSets, int mostSamples = MostSamples)
    {
        using var scope = NewDisposeScope();
        var each = Math.Max(1, mostSamples / dataSets.Count);
        var samples = dataSets.SelectMany(set => Spread(set, each)).ToList();
        var landscapes = samples.Select(sample => new LossLandscape(model.Network, model.Loss, sample.Select())).ToList();
        var outputs = cat([.. landscapes.Select(landscape => landscape.Outputs(model.Parameters))], 0);
        var centred = outputs - outputs.mean([0], true);
        var gradients = zeros(samples.Count, model.Network.Layout.Length, float64);
        for (var k = 0; k < samples.Count; k++)
        {
            using var inner = NewDisposeScope();
            using var jacobian = landscapes[k].Jacobian(model.Parameters);
            gradients.narrow(0, k, 1).copy_(jacobian.MultiplyTranspose(centred.narrow(0, k, 1).unsqueeze(0)));
        }
        return gradients.MoveToOuterDisposeScope();
    }

    private static IEnumerable<ActiveInputs> Spread(DataSet set, int most) =>
        Enumerable.Range(0, (int)Math.Min(set.Count, most)).Select(k => new ActiveInputs(set, [set.Count <= most ? k : (2 * k + 1) * set.Count / (2L * most)]));
}

using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Shows that a chunked network is at a minimum, that its blocks add up, and that each of them does part of the work.</summary>
internal static class ModularAdditionChunkedCertificate
{
    /// <summary>
    /// When training was good. Of 40 runs at p = 23 all classify every pair and 16 starve a block and start over; of 20 at p = 37 none does. Without a
    /// block 0.63 … 1 of the pairs remain right.
    /// </summary>
    internal static IReadOnlyList<CertificateCheck> Bar { get; } =
    [
        new("every pair is classified correctly", model => Classification.Accuracy(model), 1, false, "accuracy"),
        // These two limits are the recipe's (toymodels.md B6b), not tolerances: how far training goes.
        new("the gradient has vanished", GradientNorm, 1e-6, true, "its norm"),
        new("no block starves", Balance, 0.3, false, "strength of the weakest over that of the strongest"),
        new("without one block most pairs are still right", LeastAccuracyWithout, 0.5, false, "least accuracy, any one block ablated"),
        // Rotations of a block's circle are exactly flat, so the least eigenvalue is 0 at best.
        new("the Hessian has no negative eigenvalue: a minimum", LeastEigenvalue, -1e-8, false, "least eigenvalue"),
    ];

    internal static Certificate Of(IReadOnlyList<int> frequencies) => new(
    [
        .. Bar,
        .. frequencies.Select((frequency, block) => new CertificateCheck(
            $"ablating the block of frequency {frequency} takes away what it computes alone",
            model => AblationError(model, block), Tolerances.SameOutputs, true, "largest absolute difference")),
        // Those runs: 0.80 … 0.99.
        .. frequencies.Select((frequency, block) => new CertificateCheck(
            $"the block of frequency {frequency} still embeds by that frequency", model => CircleShare(model, block, frequency), 0.7, false,
            "share of the power of its embedding")),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(),
        .. PartitionChecks.All(),
    ]);

    /// <summary>
    /// Strength of every block: the mean over all pairs of its logit of the correct class, less the mean of its logits.
    /// </summary>
    internal static double[] Strengths(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var target = model.DataSets[0].Targets.unsqueeze(1);
        return
        [
            .. model.Truth.Subnetworks.Select(planted =>
            {
                using var inner = NewDisposeScope();
                var logits = Alone(model, planted);
                return (logits.gather(1, target).mean() - logits.mean()).ToDouble();
            }),
        ];
    }

    /// <summary>Accuracy without each block in turn.</summary>
    internal static double[] AccuraciesWithout(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var targets = model.DataSets[0].Targets;
        return [.. model.Truth.Subnetworks.Select(planted => Ablation.Without(model, planted.Component!).argmax(1).eq(targets).to(float64).mean().ToDouble())];
    }

    private static double Balance(ToyModel model)
    {
        var strengths = Strengths(model);
        return strengths.Least() / strengths.Largest();
    }

    private static double LeastAccuracyWithout(ToyModel model) =>
        model.Model.Parameters.isfinite().all().ToBoolean() ? AccuraciesWithout(model).Least() : double.NaN;

    private static double GradientNorm(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return Landscape(model).Gradient(model.Model.Parameters).norm().ToDouble();
    }

    private static double LeastEigenvalue(ToyModel model)
    {
        using var scope = NewDisposeScope();
        using var hessian = Landscape(model).Hessian(model.Model.Parameters);
        return Spectra.Eigenvalues(hessian.Multiply(eye(hessian.Dimension, dtype: float64)))[0].ToDouble();
    }

    private static double AblationError(ToyModel model, int block)
    {
        using var scope = NewDisposeScope();
        var planted = model.Truth.Subnetworks[block];
        var change = Ablation.Outputs(model) - Ablation.Without(model, planted.Component!);
        return (change - Alone(model, planted)).abs().max().ToDouble();
    }

    /// <summary>Outputs <c>[p², p]</c> of a network that has this block's parameters and no others.</summary>
    private static Tensor Alone(ToyModel model, PlantedSubnetwork planted)
    {
        using var scope = NewDisposeScope();
        using var nograd = no_grad();
        return model.Model.Network.Forward(Gauge.Disguised(model, planted.Component!), model.DataSets[0].Inputs).MoveToOuterDisposeScope();
    }

    /// <summary>Power of the block's embedding at ±f, over its power at all frequencies but 0, by the definition of the Fourier transform.</summary>
    private static double CircleShare(ToyModel model, int block, int frequency)
    {
        using var scope = NewDisposeScope();
        var layout = model.Model.Network.Layout;
        var component = layout.Split(model.Truth.Subnetworks[block].Component!)[layout.IndexOf("e")];
        var (p, columns) = ((int)component.shape[0], (int)component.shape[1]);
        var values = component.contiguous().data<double>().ToArray();
        double Power(int f) => Enumerable.Range(0, columns).Sum(column =>
        {
            var (real, imaginary) = (0.0, 0.0);
            for (var a = 0; a < p; a++)
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * (f * a % p) / p);
                (real, imaginary) = (real + cos * values[a * columns + column], imaginary + sin * values[a * columns + column]);
            }
            return real * real + imaginary * imaginary;
        });
        return Power(frequency) / Enumerable.Range(1, (p - 1) / 2).Sum(Power);
    }

    private static LossLandscape Landscape(ToyModel model) => new(model.Model.Network, model.Model.Loss, model.DataSets[0]);
}

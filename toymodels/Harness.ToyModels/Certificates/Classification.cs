using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>How well a classifier does on its data sets.</summary>
internal static class Classification
{
    /// <summary>Share of the samples whose largest logit is the target's.</summary>
    internal static double Accuracy(ToyModel model, int dataSet = 0)
    {
        using var scope = NewDisposeScope();
        return Ablation.Outputs(model, dataSet).argmax(1).eq(model.DataSets[dataSet].Targets).to(float64).mean().ToDouble();
    }

    /// <summary>Margins <c>[N]</c>: the target's logit less the largest other.</summary>
    internal static Tensor Margins(ToyModel model, int dataSet = 0)
    {
        using var scope = NewDisposeScope();
        var logits = Ablation.Outputs(model, dataSet);
        var target = model.DataSets[dataSet].Targets.unsqueeze(1);
        var others = logits.scatter(1, target, full_like(target, double.NegativeInfinity, dtype: float64));
        return (logits.gather(1, target).squeeze(1) - others.max(1).values).MoveToOuterDisposeScope();
    }

    /// <summary>The least margin.</summary>
    internal static double LeastMargin(ToyModel model, int dataSet = 0)
    {
        using var scope = NewDisposeScope();
        return Margins(model, dataSet).min().ToDouble();
    }
}

using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>When a descent ends, on a straight line through the origin: y = 3x.</summary>
public class TrainingRunTests : Scoped
{
    [Fact]
    public void It_ends_early_when_the_bar_is_met_and_the_loss_is_flat()
    {
        var (slope, ending) = Descend(isGood: slope => Math.Abs(slope - 3) < 0.2, noise: 0.1);
        Assert.Matches("^ended after [0-9,]+ of 2,000 steps: the bar was met and the loss flat to 1 % over 200 steps$", ending);
        // The step size has fallen to zero all the same.
        Assert.InRange(slope, 2.9, 3.1);
    }

    /// <summary>Kills a run that looks at the loss only.</summary>
    [Fact]
    public void It_goes_on_while_the_bar_is_missed() => Assert.Equal("all 2,000 steps taken", Descend(isGood: _ => false, noise: 0.1).Ending);

    /// <summary>Kills a run that looks at the bar only: the loss halves and halves, however good it is.</summary>
    [Fact]
    public void It_goes_on_while_the_loss_falls() => Assert.Equal("all 2,000 steps taken", Descend(isGood: _ => true, noise: 0, rate: 2e-3).Ending);

    /// <summary>Without a way to finish a model there is nothing to judge.</summary>
    [Fact]
    public void It_goes_on_where_nothing_can_be_judged() => Assert.Equal("all 2,000 steps taken", Descend(null, noise: 0.1).Ending);

    private static (double Slope, string Ending) Descend(Func<double, bool>? isGood, double noise, double rate = 0.1)
    {
        var network = new Network(new([("w", [1, 1])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "y" }], "y");
        var run = new TrainingRun(network, new Loss(LossKind.MeanSquaredError), 2000, 16, rate)
        {
            DecoupledDecay = 0, Finish = isGood is null ? null : trained => trained,
        };
        var watch = new TrainingWatch(isGood: trained => isGood!(trained[0]));
        var parameters = new double[1];
        // The same noise in every batch: a flat loss is flat.
        double[] errors = [.. new RandomSource(2).Gaussians(16).Select(error => noise * error)];
        run.Descend(
            parameters,
            size =>
            {
                double[] x = [.. Enumerable.Range(0, size).Select(i => i % 2 == 0 ? 1.0 : -1)];
                return (tensor(x, [size, 1]), tensor(x.Select((value, i) => 3 * value + errors[i]).ToArray(), [size, 1]));
            },
            watch);
        return (parameters[0], watch.Ending);
    }
}

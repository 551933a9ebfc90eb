using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// A linear classifier of four inputs whose first two carry one task and whose last two another, so that what each step does is known. Kills: a grader that
/// chooses by held-out data, trusts a length or an order, follows one sense only, or moves θ* itself.
/// </summary>
public sealed class SteeringGraderTests
{
    private static readonly MethodInfo s_method = new("by-hand", "1", "Directions made by the test.", false);

    [Fact]
    public void No_step_is_the_original_network_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var before = model.Parameters.clone();
        var network = new SteeredNetwork(model);
        var point = network.At(Direction(0), -1, 0, sets);
        network.Along(Direction(0), 1, [1, 2], sets);
        var outputs = new LossLandscape(model.Network, model.Loss, sets.Keep).Outputs(before);
        Assert.Equal(model.Loss.PerSample(outputs, sets.Keep.Targets).mean().ToDouble(), point.Keep.Loss, 14);
        Assert.Equal(1, point.Keep.Accuracy);
        Assert.True(before.eq(model.Parameters).all().ToBoolean());
    }

    /// <summary>Ablation needs the negative sense of one direction; the other direction ruins what is kept.</summary>
    [Fact]
    public void The_direction_the_sense_and_the_step_are_found()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var grade = new SteeringGrader(new SteeredNetwork(model), 8, sets, sets).Grade(new(s_method, null, [Direction(0), Direction(2)], []));
        Assert.Equal(("d2", -1), (grade.Choice!.Direction.Name, grade.Choice.Sign));
        Assert.Equal(0, grade.KeptDrop);
        Assert.True(grade.AblatedAccuracy <= 0.5);
        Assert.Equal(grade.AblatedAccuracy, grade.CleanAblation);
        Assert.True(grade.Curve!.AreaBetween() > 0.2);
        // The other sense, which alone would be tried by a method that ignores the sign, ablates nothing.
        Assert.Equal(1, new SteeredNetwork(model).Along(Direction(2), 1, SteeringSelection.Lambdas(new SteeredNetwork(model).Norm), sets).Cleanest().Ablate.Accuracy);
    }

    /// <summary>Held-out labels are turned round: whoever looked at them would choose something else.</summary>
    [Fact]
    public void Held_out_data_have_no_say()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        SteeringSets turned = new(Turned(sets.Keep), Turned(sets.Ablate), null);
        var network = new SteeredNetwork(model);
        var answer = new SteeringAnswer(s_method, null, [Direction(0), Direction(2)], []);
        var (plain, blind) = (new SteeringGrader(network, 8, sets, sets).Grade(answer), new SteeringGrader(network, 8, sets, turned).Grade(answer));
        Assert.Equal(plain.Choice, blind.Choice);
        Assert.NotEqual(plain.Chosen!.Keep.Accuracy, blind.Chosen!.Keep.Accuracy);
    }

    /// <summary>The report of the opposite task is this one with keep and ablate exchanged, to the last bit.</summary>
    [Fact]
    public void Swapping_keep_and_ablate_swaps_every_point()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var network = new SteeredNetwork(model);
        var curve = network.Along(Direction(2), -1, [0.5, 1, 2], sets);
        var swapped = network.Along(Direction(2), -1, [0.5, 1, 2], new SteeringSets(sets.Ablate, sets.Keep, null));
        Assert.Equal(curve.Points.Select(point => (point.Lambda, point.Ablate, point.Keep)), swapped.Points.Select(point => (point.Lambda, point.Keep, point.Ablate)));
        Assert.NotEqual(curve.Points[^1].Keep, curve.Points[^1].Ablate);
        var (there, back) = (new SteeringGrader(network, 8, sets, sets), new SteeringGrader(network, 8, new(sets.Ablate, sets.Keep, null), new(sets.Ablate, sets.Keep, null)));
        // Direction 0 is to the one task what direction 2 is to the other.
        Assert.Equal(("d2", "d0"), (Chosen(there), Chosen(back)));

        string Chosen(SteeringGrader grader) => grader.Grade(new(s_method, null, [Direction(0), Direction(2)], [])).Choice!.Direction.Name;
    }

    /// <summary>Kills a choice that steps on after everything is ablated, and one that takes wrong answers to both labels for more than guessing.</summary>
    [Fact]
    public void What_a_constant_answer_scores_is_ablated_enough()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var both = Direction(3).Vector * 0.8 - Direction(2).Vector;
        var direction = new SteeringDirection("both", both / both.norm());
        var network = new SteeredNetwork(model);
        var choice = SteeringSelection.Choose(network, [direction], sets)!;
        Assert.Equal((1, 0.5), (choice.Sign, choice.AblatedAccuracy));
        Assert.Equal(0, network.Along(direction, 1, SteeringSelection.Lambdas(network.Norm), sets).Points[^1].Ablate.Accuracy);
    }

    [Fact]
    public void A_claim_of_orthogonality_is_computed()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var avoided = DenseSubspace.Span(eye(8, dtype: ScalarType.Float64).narrow(0, 0, 2));
        SteeringGrade Grade(SteeringDirection direction) =>
            new SteeringGrader(new SteeredNetwork(model), 8, sets, sets).Grade(new(s_method, avoided, [direction], []));
        Assert.True(Grade(Direction(2)).IsOrthogonal);
        var leaning = Direction(0);
        Assert.False(Grade(leaning).IsOrthogonal);
        Assert.True(Grade(leaning).Orthogonality!.Single() > 0.5);
    }

    /// <summary>Not renormalised, not finite, or of another network: an error that says so, and no score.</summary>
    [Theory]
    [InlineData(2.0, "length 1")]
    [InlineData(double.NaN, "finite")]
    [InlineData(double.PositiveInfinity, "finite")]
    [InlineData(0.0, "length 1")]
    public void Directions_that_are_none_are_refused(double factor, string words)
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var grader = new SteeringGrader(new SteeredNetwork(model), 8, sets, sets);
        var direction = Direction(0);
        var refused = Assert.Throws<ArgumentException>(() => grader.Grade(new(s_method, null, [direction with { Vector = direction.Vector * factor }], [])));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        var shape = Assert.Throws<ArgumentException>(() => grader.Grade(new(s_method, null, [direction with { Vector = direction.Vector.narrow(0, 0, 5) }], [])));
        Assert.Equal("by-hand: direction d0 must be [8] float64, got Float64 [5].", shape.Message);
    }

    [Fact]
    public void Nothing_found_is_no_error_and_has_no_score()
    {
        using var scope = NewDisposeScope();
        var (model, sets) = Plant();
        var grade = new SteeringGrader(new SteeredNetwork(model), 8, sets, sets).Grade(new(s_method, null, [], ["nothing"]));
        Assert.Null(grade.Choice);
        Assert.Null(grade.AblatedAccuracy);
    }

    [Fact]
    public void A_regression_is_no_classifier()
    {
        using var scope = NewDisposeScope();
        var (model, _) = Plant();
        var squared = new Model(model.Network, model.Parameters, new Loss(LossKind.MeanSquaredError));
        Assert.StartsWith(
            "Steering is judged by accuracy, so the model must be a classifier; its loss is MeanSquaredError.",
            Assert.Throws<ArgumentException>(() => new SteeredNetwork(squared)).Message, StringComparison.Ordinal);
    }

    /// <summary>Check values of a curve by hand: clean ablation at a drop of 2 points, area by trapezoids.</summary>
    [Fact]
    public void Curves_are_read_as_documented()
    {
        static SteeringPoint Point(double lambda, double keep, double ablate) => new(lambda, new(0, keep), new(0, ablate), null);
        var curve = new SteeringCurve("d", 1, [Point(0, 1, 0.8), Point(1, 0.98, 0.4), Point(3, 0.97, 0.1)]);
        Assert.Equal(1, curve.Cleanest().Lambda);
        Assert.Equal(3, curve.Cleanest(0.03).Lambda);
        // Gaps 0, 0.48, 0.845: (0 + 0.48)/2 · 1 + (0.48 + 0.845)/2 · 2, over 3.
        Assert.Equal((0.24 + 1.325) / 3, curve.AreaBetween(), 12);
    }

    /// <summary>z = W x, W [2, 4] = [[1, 0, 1, 0], [0, 1, 0, 1]]: inputs 0 and 1 are the kept task, 2 and 3 the other.</summary>
    private static (Model Model, SteeringSets Sets) Plant()
    {
        var network = new Network(new ParameterLayout([("w", [2, 4])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "z" }], "z");
        var model = new Model(network, tensor(new double[] { 1, 0, 1, 0, 0, 1, 0, 1 }), new Loss(LossKind.CrossEntropy));
        DataSet Task(string name, int first)
        {
            var inputs = new double[20 * 4];
            var targets = new long[20];
            for (var i = 0; i < 20; i++)
            {
                targets[i] = i % 2;
                inputs[i * 4 + first + i % 2] = 1 + 0.01 * i;
            }
            return new DataSet(name, tensor(inputs, [20, 4]), tensor(targets));
        }
        return (model, new SteeringSets(Task("keep", 0), Task("ablate", 2), null));
    }

    /// <summary>Of weight <c>w[0, index]</c> against <c>w[1, index]</c>: how much input <c>index</c> speaks for the first class.</summary>
    private static SteeringDirection Direction(int index)
    {
        var vector = new double[8];
        (vector[index], vector[4 + index]) = (Math.Sqrt(0.5), -Math.Sqrt(0.5));
        return new SteeringDirection($"d{index}", tensor(vector));
    }

    private static DataSet Turned(DataSet set) => new(set.Name, set.Inputs, 1 - set.Targets);
}

using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// What is no answer is an error that names the subnetwork, never a score. Kills: NaN that becomes 0 in a maximum, a shape that broadcasts, a mask of
/// another model.
/// </summary>
public class DecompositionValidationTests
{
    private static GradingCase Case => GradingCase.Of("direct-sum");

    private static long Length => Case.Profile.Layout.Length;

    [Theory]
    [InlineData("nan", "Subnetwork 0 ('nan') has a component with 78 of 78 entries that are not finite.")]
    [InlineData("wrong-shape", "Subnetwork 0 ('wrong') has a component Float64 [79], expected Float64 [78].")]
    [InlineData("oversized", "The answer has 65537 subnetworks; at most 65536 are graded.")]
    public void Faulty_miniatures(string miniature, string message)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(message, Assert.Throws<InvalidDecompositionException>(() => Case.Grade(Case.Answer(miniature))).Message);
    }

    [Fact]
    public void One_infinite_entry_is_enough()
    {
        using var scope = NewDisposeScope();
        var component = zeros(Length, float64);
        component[5] = double.NegativeInfinity;
        Refused("Subnetwork 0 ('x') has a component with 1 of 78 entries that are not finite.", new Subnetwork("x", component: component));
    }

    [Fact]
    public void Single_precision_is_refused_not_cast()
    {
        using var scope = NewDisposeScope();
        Refused("Subnetwork 0 ('x') has a component Float32 [78], expected Float64 [78].", new Subnetwork("x", component: zeros(Length, float32)));
    }

    [Fact]
    public void Directions_of_another_model()
    {
        using var scope = NewDisposeScope();
        Refused("Subnetwork 1 ('y') has directions in 77 dimensions, expected 78.",
            new Subnetwork("x", CoordinateSubspace.Whole(Length)), new Subnetwork("y", CoordinateSubspace.Whole(Length - 1)));
    }

    [Fact]
    public void Directions_that_do_not_fit_their_own_claim()
    {
        using var scope = NewDisposeScope();
        Refused("Subnetwork 0 ('x') claims 79 independent directions, expected 0 … 78.", new Subnetwork("x", new Claim(Length, Length + 1, 1)));
        Refused("Subnetwork 0 ('x') has directions Float64 [1, 78], expected Float64 [3, 78].", new Subnetwork("x", new Claim(Length, 3, 1)));
    }

    /// <summary>Refused by arithmetic: no basis is asked for, the first of which would not fit its claim.</summary>
    [Fact]
    public void Too_many_directions_in_all()
    {
        var huge = new Subnetwork("huge", new Claim(Length, Length, 1));
        var count = DecompositionValidation.MostEntries / (Length * Length) + 1;
        Refused(
            $"Subnetwork {count - 1} ('huge') brings the directions of the answer above 268435456 numbers; hand in fewer directions, or index sets.",
            [.. Enumerable.Repeat(huge, (int)count)]);
    }

    [Theory]
    [InlineData("elsewhere", 256, 1, "Subnetwork 0 ('x') claims an activity on data set 'elsewhere', which does not exist; there are all.")]
    [InlineData("all", 255, 1, "Subnetwork 0 ('x') claims an activity of 255 entries on data set 'all', expected 256.")]
    [InlineData("all", 256, -1, "Subnetwork 0 ('x') claims activity -1 on sample 0 of data set 'all'; expected finite, at least 0.")]
    [InlineData("all", 256, double.NaN, "Subnetwork 0 ('x') claims activity NaN on sample 0 of data set 'all'; expected finite, at least 0.")]
    public void Activities(string set, int count, double value, string message)
    {
        using var scope = NewDisposeScope();
        var activity = new Dictionary<string, double[]> { [set] = [.. Enumerable.Repeat(value, count)] };
        Refused(message, new Subnetwork("x", CoordinateSubspace.Whole(Length), activity: activity));
    }

    [Fact]
    public void Nothing_at_all()
    {
        Assert.Equal(
            "The method returned no decomposition.",
            Assert.Throws<InvalidDecompositionException>(() => DecompositionValidation.Check(null!, Case.Model.ToSubject())).Message);
    }

    /// <summary>"Nothing found" is an answer where nothing is planted, and an error elsewhere. Kills a grader that takes either for the other.</summary>
    [Fact]
    public void No_subnetworks()
    {
        using var scope = NewDisposeScope();
        Refused("The answer has no subnetworks, and something is planted in this model; \"nothing found\" is an answer only where nothing is.");
        var control = GradingCase.Of("control/random-weights/deep-linear");
        Assert.All(control.Grade(Answer()), column => Assert.Null(column.Score));
    }

    private static Decomposition Answer(params Subnetwork[] subnetworks) =>
        new(new MethodInfo("test", "1", "", false), subnetworks, new Dictionary<string, string>());

    private static void Refused(string message, params Subnetwork[] subnetworks) =>
        Assert.Equal(message, Assert.Throws<InvalidDecompositionException>(() => Case.Grade(Answer(subnetworks))).Message);

    /// <summary>Claims one dimension and writes out another number of rows.</summary>
    private sealed class Claim(long ambient, long claimed, long written) : Subspace
    {
        public override long AmbientDimension => ambient;

        public override long Dimension => claimed;

        public override Tensor Coordinates(Tensor block) => throw new NotSupportedException();

        public override Tensor Embed(Tensor coordinates) => throw new NotSupportedException();

        public override Tensor Basis() => eye(written, ambient, float64);
    }
}

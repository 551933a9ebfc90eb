using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>One thing that is no answer, somewhere in a random submission, and what the error must say.</summary>
internal static class Corruption
{
    private const int Kinds = 16;

    internal static (IReadOnlyList<Subnetwork> Answer, string Message) Of(RandomSubmission submission)
    {
        var (random, length, answer) = (submission.Random, submission.Length, submission.Subnetworks.ToList());
        var set = submission.Seen.Model.DataSets[0];
        var place = random.NextInt32(answer.Count);
        var strange = new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity }[random.NextInt32(3)];
        (IReadOnlyList<Subnetwork>, string) With(Subnetwork one, string message)
        {
            answer[place] = one;
            return (answer, $"Subnetwork {place} ('{one.Name}') {message}");
        }
        (IReadOnlyList<Subnetwork>, string) Component(Tensor component, string message) => With(new Subnetwork("bad", component: component), message);
        (IReadOnlyList<Subnetwork>, string) Rows(Tensor rows, string message, long? dimension = null) => With(new Subnetwork("bad", new Claim(rows, length, dimension ?? rows.shape[0])), message);
        (IReadOnlyList<Subnetwork>, string) Activity(string name, double[] values, string message) =>
            With(new Subnetwork("bad", CoordinateSubspace.Whole(length), activity: new Dictionary<string, double[]> { [name] = values }), message);
        Tensor Spoilt(Tensor tensor)
        {
            tensor.view(-1)[random.NextInt32((int)tensor.numel())] = strange;
            return tensor;
        }
        switch (random.NextInt32(Kinds))
        {
            case 0: return Component(Spoilt(submission.Gaussian(length)), $"has a component with 1 of {length} entries that are not finite.");
            case 1: return Component(submission.Gaussian(length + 1), $"has a component Float64 [{length + 1}], expected Float64 [{length}].");
            case 2: return Component(submission.Gaussian(length - 1), $"has a component Float64 [{length - 1}], expected Float64 [{length}].");
            case 3: return Component(submission.Gaussian(1, length), $"has a component Float64 [1, {length}], expected Float64 [{length}].");
            case 4: return Component(submission.Gaussian(length).to(float32), $"has a component Float32 [{length}], expected Float64 [{length}].");
            case 5: return Rows(Spoilt(submission.Gaussian(3, length)), $"has directions with 1 of {3 * length} entries that are not finite.");
            case 6: return Rows(submission.Gaussian(3, length), $"has directions Float64 [3, {length}], expected Float64 [4, {length}].", 4);
            case 7: return Rows(submission.Gaussian(2, length + 1), $"has directions Float64 [2, {length + 1}], expected Float64 [2, {length}].");
            case 8: return Rows(submission.Gaussian(2, length).to(float32), $"has directions Float32 [2, {length}], expected Float64 [2, {length}].");
            case 9: return Rows(submission.Gaussian(1, length), $"claims {length + 1} independent directions, expected 0 … {length}.", length + 1);
            case 10: return With(new Subnetwork("bad", CoordinateSubspace.Whole(length + 1)), $"has directions in {length + 1} dimensions, expected {length}.");
            case 11: return Activity("elsewhere", new double[set.Count], "claims an activity on data set 'elsewhere', which does not exist");
            case 12: return Activity(set.Name, new double[set.Count + 1], $"claims an activity of {set.Count + 1} entries on data set '{set.Name}', expected {set.Count}.");
            case 13:
                var values = new double[set.Count];
                var sample = random.NextInt32(values.Length);
                values[sample] = random.NextInt32(2) == 0 ? -1 : double.IsNaN(strange) ? strange : Math.Abs(strange);
                return Activity(set.Name, values, $"on sample {sample} of data set '{set.Name}'; expected finite, at least 0.".Insert(0, $"claims activity {values[sample]} "));
            case 14: return ([], "The answer has no subnetworks");
            default:
                var count = DecompositionValidation.MostSubnetworks + 1;
                return ([.. Enumerable.Repeat(answer[0], count)], $"The answer has {count} subnetworks; at most {DecompositionValidation.MostSubnetworks} are graded.");
        }
    }

    /// <summary>Claims a number of directions and writes out whatever it has.</summary>
    private sealed class Claim(Tensor rows, long ambient, long dimension) : Subspace
    {
        public override long AmbientDimension => ambient;

        public override long Dimension => dimension;

        public override Tensor Coordinates(Tensor block) => throw new NotSupportedException();

        public override Tensor Embed(Tensor coordinates) => throw new NotSupportedException();

        public override Tensor Basis() => rows.alias();
    }
}

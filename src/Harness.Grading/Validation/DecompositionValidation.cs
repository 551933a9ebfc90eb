using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Checks an answer against the subject that it is about, before anything is computed from it.</summary>
public static class DecompositionValidation
{
    /// <summary>The most subnetworks that are graded.</summary>
    public const int MostSubnetworks = 1 << 16;

    /// <summary>The most numbers that directions may take when written out, over all subnetworks (2 GiB). Index sets are not counted.</summary>
    public const long MostEntries = 1L << 28;

    /// <summary>Throws unless the answer fits its subject. One without subnetworks ("nothing found") does; see <see cref="CheckNotEmpty"/>.</summary>
    /// <exception cref="InvalidDecompositionException">The message names the subnetwork and says what was expected.</exception>
    public static void Check(Decomposition decomposition, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (decomposition?.Subnetworks is not { } subnetworks)
            throw new InvalidDecompositionException("The method returned no decomposition.");
        if (subnetworks.Count > MostSubnetworks)
            throw new InvalidDecompositionException($"The answer has {subnetworks.Count} subnetworks; at most {MostSubnetworks} are graded.");
        var length = subject.Model.Network.Layout.Length;
        long entries = 0;
        for (var j = 0; j < subnetworks.Count; j++)
        {
            var place = $"Subnetwork {j} ('{subnetworks[j]?.Name}')";
            if (subnetworks[j] is not { } one)
                throw new InvalidDecompositionException($"Subnetwork {j} is null.");
            if (one.Directions is { } directions && (entries += Entries(place, directions, length)) > MostEntries)
                throw new InvalidDecompositionException(
                    $"{place} brings the directions of the answer above {MostEntries} numbers; hand in fewer directions, or index sets.");
            if (one.Component is { } component)
                CheckTensor(place, "a component", component, [length]);
            foreach (var (name, values) in one.Activity ?? new Dictionary<string, double[]>())
                CheckActivity(place, subject.DataSets, name, values);
        }
        // Nothing is written out before all of it is known to fit.
        for (var j = 0; j < subnetworks.Count; j++)
            if (subnetworks[j].Directions is { } directions and not CoordinateSubspace)
                CheckBasis($"Subnetwork {j} ('{subnetworks[j].Name}')", directions, length);
    }

    /// <summary>Throws where nothing is claimed although something is planted: silence is right on a control only, and there is nothing in it to be scored.</summary>
    /// <exception cref="InvalidDecompositionException">The answer has no subnetworks.</exception>
    internal static void CheckNotEmpty(Decomposition decomposition, int planted)
    {
        if (planted > 0 && decomposition.Subnetworks.Count == 0)
            throw new InvalidDecompositionException(
                "The answer has no subnetworks, and something is planted in this model; \"nothing found\" is an answer only where nothing is.");
    }

    /// <summary>The numbers that the directions take when written out.</summary>
    private static long Entries(string place, Subspace directions, long length)
    {
        if (directions.AmbientDimension != length)
            throw new InvalidDecompositionException($"{place} has directions in {directions.AmbientDimension} dimensions, expected {length}.");
        if (directions.Dimension < 0 || directions.Dimension > length)
            throw new InvalidDecompositionException($"{place} claims {directions.Dimension} independent directions, expected 0 … {length}.");
        return directions is CoordinateSubspace ? 0 : directions.Dimension * length;
    }

    private static void CheckBasis(string place, Subspace directions, long length)
    {
        using var scope = NewDisposeScope();
        CheckTensor(place, "directions", directions.Basis(), [directions.Dimension, length]);
    }

    private static void CheckTensor(string place, string what, Tensor tensor, long[] shape)
    {
        if (!tensor.shape.AsSpan().SequenceEqual(shape) || tensor.dtype != ScalarType.Float64)
            throw new InvalidDecompositionException(
                $"{place} has {what} {tensor.dtype} [{string.Join(", ", tensor.shape)}], expected Float64 [{string.Join(", ", shape)}].");
        using var scope = NewDisposeScope();
        var wrong = tensor.numel() - tensor.isfinite().sum().ToInt64();
        if (wrong > 0)
            throw new InvalidDecompositionException($"{place} has {what} with {wrong} of {tensor.numel()} entries that are not finite.");
    }

    private static void CheckActivity(string place, IReadOnlyList<DataSet> dataSets, string name, double[] values)
    {
        var set = dataSets.FirstOrDefault(set => set.Name == name)
            ?? throw new InvalidDecompositionException(
                $"{place} claims an activity on data set '{name}', which does not exist; there are {string.Join(", ", dataSets.Select(set => set.Name))}.");
        if (values.Length != set.Count)
            throw new InvalidDecompositionException($"{place} claims an activity of {values.Length} entries on data set '{name}', expected {set.Count}.");
        if (Array.FindIndex(values, value => !(value >= 0) || double.IsInfinity(value)) is >= 0 and var index)
            throw new InvalidDecompositionException(
                $"{place} claims activity {values[index]} on sample {index} of data set '{name}'; expected finite, at least 0.");
    }
}

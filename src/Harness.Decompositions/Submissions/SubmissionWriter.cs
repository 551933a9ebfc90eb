using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Decompositions;

/// <summary>Turns subnetworks into the tensors of a submission.</summary>
internal static class SubmissionWriter
{
    internal static void Write(
        string path, IReadOnlyList<Subnetwork> subnetworks, ParameterLayout layout, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var tensors = new List<KeyValuePair<string, Tensor>>();
        for (var k = 0; k < subnetworks.Count; k++)
        {
            var subnetwork = subnetworks[k];
            if (subnetwork.Directions is CoordinateSubspace axes)
                tensors.AddRange(Split(k, SubmissionPart.Mask, Mask(axes), layout));
            else if (subnetwork.Directions is { } directions)
                tensors.AddRange(Split(k, SubmissionPart.Directions, Rows(directions), layout));
            if (subnetwork.Component is { } component)
                tensors.AddRange(Split(k, SubmissionPart.Component, component, layout));
            foreach (var (data, values) in subnetwork.Activity ?? new Dictionary<string, double[]>())
                tensors.Add(new($"{new SubmissionKey(k, SubmissionPart.Activity, data)}", tensor(values, dtype: float64)));
        }
        SafetensorsFile.Write(path, tensors, metadata);
    }

    private static Tensor Mask(CoordinateSubspace axes) => zeros([axes.AmbientDimension], dtype: uint8)
        .index_fill(0, tensor(axes.Indices.ToArray(), dtype: ScalarType.Int64), 1);

    /// <summary>The file has no way to write no rows; one zero row says the same.</summary>
    private static Tensor Rows(Subspace directions) =>
        directions.Dimension == 0 ? zeros([1, directions.AmbientDimension], dtype: float64) : directions.Basis();

    /// <summary>The tensors that are not zero; the first of the layout if all are.</summary>
    private static IEnumerable<KeyValuePair<string, Tensor>> Split(int k, SubmissionPart part, Tensor flat, ParameterLayout layout)
    {
        var tensors = layout.Split(flat);
        var written = Enumerable.Range(0, layout.Count).Where(i => tensors[i].ne(0).any().item<bool>()).DefaultIfEmpty(0);
        return written.Select(i => KeyValuePair.Create($"{new SubmissionKey(k, part, layout[i].Name)}", tensors[i]));
    }
}

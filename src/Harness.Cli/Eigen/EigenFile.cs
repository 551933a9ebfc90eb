using Harness.Models;
using Harness.Numerics;
using TorchSharp;

namespace Harness.Cli;

/// <summary>
/// What <c>harness eigen --out</c> writes, all float64: <c>values [k]</c>; <c>vectors [k, P]</c>, rows; <c>residuals</c>, <c>value_bounds</c>,
/// <c>angle_bounds</c> (NaN: no gap) and <c>validity_radius</c> (NaN: none; absent if not measured), each <c>[k]</c>; and <c>clusters [k]</c> int64, equal
/// for pairs of one cluster. Where it comes from is in the metadata.
/// </summary>
internal static class EigenFile
{
    /// <summary>Vectors of a layer are written as whole parameter vectors, zero elsewhere: so everything that takes directions takes them.</summary>
    public static void Write(string path, CurvatureSubject subject, Eigenpairs pairs, EigenView view)
    {
        var clusters = new long[pairs.Count];
        for (var cluster = 0; cluster < pairs.Clusters.Count; cluster++)
            foreach (var member in pairs.Clusters[cluster].Members)
                clusters[member] = cluster;
        Dictionary<string, torch.Tensor> tensors = new()
        {
            ["values"] = torch.tensor(pairs.Values),
            ["vectors"] = subject.Layer?.Embed(pairs.Vectors) ?? pairs.Vectors,
            ["residuals"] = torch.tensor(pairs.Residuals),
            ["value_bounds"] = torch.tensor(pairs.ValueBounds),
            ["angle_bounds"] = OrNaN(pairs.AngleBounds),
            ["clusters"] = torch.tensor(clusters),
        };
        if (view.ValidityRadius is { } radii)
            tensors["validity_radius"] = OrNaN(radii);
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>
        {
            ["harness.schema"] = "eigenpairs/1",
            ["model"] = view.Model,
            ["modelSeed"] = $"{view.ModelSeed}",
            ["disguise"] = view.Disguise,
            ["data"] = view.Data,
            ["operator"] = view.Operator + (view.OffGradient ? " off the gradient" : ""),
            ["tensors"] = view.Tensors ?? "*",
            ["which"] = view.Which,
            ["norm"] = $"{view.Norm:R}",
            ["noise"] = $"{view.Noise:R}",
            ["completeness"] = view.Completeness.Verdict.ToString().ToLowerInvariant(),
            ["flags"] = string.Join(", ", view.Flags),
        });
    }

    private static torch.Tensor OrNaN(double?[] numbers) => torch.tensor(numbers.Select(number => number ?? double.NaN).ToArray());
}

using Harness.Grading;
using Harness.Methods;
using Harness.Numerics;
using Harness.Reporting;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>Writes one sphere search into a folder: numbers as JSON, and two pictures for each hop and round in which a search was chosen.</summary>
internal static class SphereFiles
{
    /// <summary>Writes all files of one case, each at once or not at all.</summary>
    internal static void Write(string folder, ToyModel toy, SphereCase found, SphereSearchResult result)
    {
        var place = Path.Combine(folder, $"plant-{found.ModelSeed}-seed-{found.Seed}");
        Directory.CreateDirectory(place);
        void Put(string name, string text)
        {
            var partial = Path.Combine(place, $".{name}.partial");
            File.WriteAllText(partial, text);
            File.Move(partial, Path.Combine(place, name), overwrite: true);
        }

        using (var json = new StringWriter())
        {
            JsonDocumentWriter.Write(json, found);
            Put("sphere.json", json.ToString());
        }
        foreach (var (columns, round) in found.Hops.Zip(result.Hops).Concat(found.Rounds.Zip(result.Rounds)).Where(pair => pair.Second.Chosen is not null))
        {
            var title = $"{toy.Id}, plant {found.ModelSeed}: {columns.Name}";
            var broken = columns.Points.FirstOrDefault(point => point.Broken is not null)?.Share;
            var name = columns.Name.Replace(' ', '-');
            Put($"{name}-radii.svg", SpherePicture.Radii(
                title, found.Planted, [.. columns.Points.Prepend(columns.Center).Select(point => (point.Share, point.CrossEntropy, point.Strengths, point.Shares))], broken));
            if (Planes(toy, columns, round) is { Count: > 0 } planes)
                Put($"{name}-circles.svg", SpherePicture.Circles(title, planes));
        }
    }

    /// <summary>
    /// For each planted subnetwork the plane in which its own embeddings at the centre are largest, with all embeddings in it before and after. Empty where the
    /// model has no matrix of embeddings.
    /// </summary>
    private static List<(string, string, IReadOnlyList<(double, double)>, IReadOnlyList<(double, double)>)> Planes(ToyModel toy, SphereColumns columns, SphereRound round)
    {
        using var scope = NewDisposeScope();
        var slot = toy.Model.Network.Layout[0];
        if (slot.Shape.Count != 2 || slot.Shape.Any(size => size < 2))
            return [];
        Tensor Embeddings(Tensor parameters) => parameters.narrow(0, slot.Offset, slot.Length).reshape([.. slot.Shape]);
        (double, double)[] Positions(Tensor values) => values.contiguous().data<double>().ToArray() is var flat
            ? [.. Enumerable.Range(0, flat.Length / 2).Select(k => (flat[2 * k], flat[2 * k + 1]))] : [];
        var (before, after) = (round.Center, round.Center + round.Chosen!.End.Displacement);
        List<(string, string, IReadOnlyList<(double, double)>, IReadOnlyList<(double, double)>)> planes = [];
        foreach (var (planted, index) in toy.Truth.Subnetworks.Select((planted, index) => (planted, index)))
        {
            var own = before - planted.Subspace.ProjectOff(before.unsqueeze(0))[0];
            var (_, values, vectors) = linalg.svd(Embeddings(own), false);
            if (!(values[1].ToDouble() > 0))
                return [];
            var plane = vectors.narrow(0, 0, 2).t();
            planes.Add((
                planted.Name, FormattableString.Invariant($"Strength {columns.Center.Strengths[index]:F2} before, {columns.End!.Strengths[index]:F2} after."),
                Positions(Embeddings(before).matmul(plane)), Positions(Embeddings(after).matmul(plane))));
        }
        return planes;
    }
}

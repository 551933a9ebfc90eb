using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Makes the tables from which findings are read.</summary>
internal static class PairTables
{
    /// <summary>Rows written out at most to see what several submitted subspaces hold together.</summary>
    private const long MostRows = 1000;

    /// <summary>By directions: extents are shares of tr G_i.</summary>
    internal static PairTable OfDirections(TruthProfile profile, IReadOnlyList<Subnetwork> answer)
    {
        var alive = Liveness.OfDirections(answer);
        int[] submitted = [.. Enumerable.Range(0, answer.Count).Where(j => alive[j])];
        var (extent, inside) = (new double[profile.Count, submitted.Length], new double[profile.Count, submitted.Length]);
        var overlaps = new PairOverlaps(profile, [.. submitted.Select(j => answer[j].Directions!)]);
        for (var i = 0; i < profile.Count; i++)
            for (var j = 0; j < submitted.Length; j++)
            {
                extent[i, j] = overlaps.Captured(i, j) / profile.Sensitivities[i].Trace;
                inside[i, j] = overlaps.Size(i, j) / answer[submitted[j]].Directions!.Dimension;
            }
        return new PairTable(submitted, extent, inside, (i, columns) =>
        {
            using var scope = NewDisposeScope();
            var parts = columns.Select(j => answer[submitted[j]].Directions!).ToList();
            if (parts.Any(part => part is not CoordinateSubspace) && parts.Sum(part => part.Dimension) > MostRows)
                return 0;
            return new Overlap(profile.Truth.Subnetworks[i].Subspace, Subspaces.Sum(parts)).Captured(profile.Sensitivities[i]) / profile.Sensitivities[i].Trace;
        });
    }

    /// <summary>By components: extents are coefficients <c>⟨p_j, c_i⟩/‖c_i‖²</c>.</summary>
    internal static PairTable OfComponents(TruthProfile profile, IReadOnlyList<Subnetwork> answer)
    {
        var alive = Liveness.OfComponents(answer, profile.DecomposedMask);
        int[] submitted = [.. Enumerable.Range(0, answer.Count).Where(j => alive[j])];
        var (extent, inside) = (new double[profile.Count, submitted.Length], new double[profile.Count, submitted.Length]);
        if (submitted.Length > 0)
        {
            using var scope = NewDisposeScope();
            var components = stack(submitted.Select(j => answer[j].Component!)) * profile.DecomposedMask;
            var energies = components.square().sum(1);
            for (var i = 0; i < profile.Count; i++)
            {
                var planted = profile.Components![i];
                var extents = (components.mv(planted) / planted.square().sum()).data<double>().ToArray();
                var shares = (profile.Truth.Subnetworks[i].Subspace.Coordinates(components).square().sum(1) / energies).data<double>().ToArray();
                for (var j = 0; j < submitted.Length; j++)
                    (extent[i, j], inside[i, j]) = (extents[j], shares[j]);
            }
        }
        return new PairTable(submitted, extent, inside, (i, columns) => columns.Sum(j => extent[i, j]));
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What every submitted subspace has inside every planted one, all at once: <c>‖A‖²_F</c> and <c>tr(A G Aᵀ)</c> for <c>A = Q_j B_iᵀ</c>. Index sets are sums over
/// their entries; whatever else there is goes through each planted subspace in large blocks of rows. The cost is that of the rows, not of the pairs.
/// </summary>
internal sealed class PairOverlaps
{
    /// <summary>Numbers held at a time (64 MiB).</summary>
    private const long BlockLength = 1L << 23;

    private readonly TruthProfile _profile;
    private readonly double[,] _size;
    private readonly double[,] _captured;

    /// <summary>Measures all pairs.</summary>
    /// <param name="profile">The truth.</param>
    /// <param name="directions">Submitted subspaces, pulled back.</param>
    internal PairOverlaps(TruthProfile profile, IReadOnlyList<Subspace> directions)
    {
        _profile = profile;
        (_size, _captured) = (new double[profile.Count, directions.Count], new double[profile.Count, directions.Count]);
        var block = new List<(int Submitted, Tensor Rows)>();
        long held = 0;
        using var scope = NewDisposeScope();
        for (var j = 0; j < directions.Count; j++)
        {
            if (directions[j] is CoordinateSubspace set)
            {
                AddSet(j, set);
                continue;
            }
            var basis = directions[j].Basis();
            var most = Math.Max(1, BlockLength / basis.shape[1]);
            for (long start = 0; start < basis.shape[0]; start += most)
            {
                block.Add((j, basis.narrow(0, start, Math.Min(most, basis.shape[0] - start))));
                held += block[^1].Rows.shape[0];
                if (held < most)
                    continue;
                AddRows(block);
                (block, held) = ([], 0);
            }
        }
        AddRows(block);
    }

    /// <summary><c>‖A_ij‖²_F</c>.</summary>
    internal double Size(int planted, int submitted) => _size[planted, submitted];

    /// <summary><c>tr(A_ij G_i A_ijᵀ)</c>.</summary>
    internal double Captured(int planted, int submitted) => _captured[planted, submitted];

    private void AddSet(int submitted, CoordinateSubspace set)
    {
        for (var i = 0; i < _profile.Count; i++)
        {
            var (sizes, captured) = _profile.ByParameter(i);
            foreach (var index in set.Indices)
            {
                _size[i, submitted] += sizes[index];
                _captured[i, submitted] += captured[index];
            }
        }
    }

    private void AddRows(List<(int Submitted, Tensor Rows)> block)
    {
        if (block.Count == 0)
            return;
        using var scope = NewDisposeScope();
        var rows = block.Count == 1 ? block[0].Rows : cat([.. block.Select(part => part.Rows)], 0);
        for (var i = 0; i < _profile.Count; i++)
        {
            using var inner = NewDisposeScope();
            var coordinates = _profile.Truth.Subnetworks[i].Subspace.Coordinates(rows);
            var sizes = coordinates.square().sum(1).data<double>().ToArray();
            var captured = _profile.Sensitivities[i].CapturedByRow(coordinates).data<double>().ToArray();
            var row = 0;
            foreach (var (submitted, part) in block)
                for (var end = row + part.shape[0]; row < end; row++)
                {
                    _size[i, submitted] += sizes[row];
                    _captured[i, submitted] += captured[row];
                }
        }
    }
}

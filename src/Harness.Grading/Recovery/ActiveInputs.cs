using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Some samples of a data set: those on which a planted subnetwork is active.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Indices">Which samples.</param>
internal sealed record ActiveInputs(DataSet Data, long[] Indices)
{
    /// <summary>In groups of at most so many.</summary>
    internal IEnumerable<ActiveInputs> Chunks(int size) => Indices.Chunk(size).Select(chunk => this with { Indices = chunk });

    /// <summary>The samples alone, unweighted: a sensitivity is a plain mean over inputs. Tensors belong to the caller's dispose scope.</summary>
    internal DataSet Select()
    {
        var index = tensor(Indices);
        return new DataSet(Data.Name, Data.Inputs.index_select(0, index), Data.Targets.index_select(0, index));
    }
}

using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Top eigenvectors that several steering methods on one model share: a set's Hessian is solved for once, for the most that anybody asked for so far. Not
/// thread-safe; of one model only.
/// </summary>
public sealed class EigenspaceCache : IDisposable
{
    private readonly Dictionary<(string Set, bool OffGradient), TopEigenspace> _found = [];

    /// <summary>The eigenvectors of a set, from an earlier solve if it asked for as many.</summary>
    /// <param name="set">Name of the data set.</param>
    /// <param name="offGradient">Which of its operators.</param>
    /// <param name="count">k.</param>
    /// <param name="solve">Solves for k; tensors in the caller's dispose scope.</param>
    internal TopEigenspace Get(string set, bool offGradient, int count, Func<TopEigenspace> solve)
    {
        if (_found.TryGetValue((set, offGradient), out var earlier) && earlier.Asked >= count)
            return earlier.First(count);
        using var scope = NewDisposeScope();
        var found = solve().DetachFromDisposeScope();
        earlier?.Dispose();
        return _found[(set, offGradient)] = found;
    }

    /// <summary>Releases the eigenvectors.</summary>
    public void Dispose()
    {
        foreach (var found in _found.Values)
            found.Dispose();
        _found.Clear();
    }
}

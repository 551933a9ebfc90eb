using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>The complete task of addition modulo p.</summary>
internal static class AllPairs
{
    /// <summary>The data set <c>all</c>: inputs (a, b) <c>[p², 2]</c> in lexicographic order, targets (a + b) mod p <c>[p²]</c>.</summary>
    internal static DataSet Of(int p)
    {
        var (inputs, targets) = (new long[2 * p * p], new long[p * p]);
        for (var pair = 0; pair < targets.Length; pair++)
        {
            (inputs[2 * pair], inputs[2 * pair + 1]) = (pair / p, pair % p);
            targets[pair] = (pair / p + pair % p) % p;
        }
        return new DataSet("all", tensor(inputs, [targets.Length, 2]), tensor(targets));
    }
}

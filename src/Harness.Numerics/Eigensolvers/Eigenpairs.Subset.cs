using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

public sealed partial class Eigenpairs
{
    /// <summary>Some of the pairs, with what is certified of them. A cluster that loses a member is cut.</summary>
    /// <param name="kept">Positions, ascending.</param>
    /// <param name="split">All that was spent.</param>
    /// <param name="flags">Flags beyond those that the pairs themselves raise.</param>
    /// <param name="validity">How far the kept ones hold, from their values and vectors.</param>
    internal Eigenpairs Subset(int[] kept, ProductSplit split, EigenFlags flags, Func<double[], Tensor, EigenValidity> validity)
    {
        using var scope = NewDisposeScope();
        EigenCluster[] clusters =
        [
            .. from cluster in Clusters
               let members = cluster.Members.Where(kept.Contains).Select(member => Array.IndexOf(kept, member)).ToArray()
               where members.Length > 0
               select new EigenCluster(members, cluster.IsCut || members.Length < cluster.Members.Count),
        ];
        const EigenFlags OfPairs = EigenFlags.NotConverged | EigenFlags.NumericallyZero | EigenFlags.ClusterCut;
        flags |= Flags & ~OfPairs;
        flags |= kept.All(IsConverged) ? EigenFlags.None : EigenFlags.NotConverged;
        flags |= kept.All(i => Math.Abs(Values[i]) > ZeroLevel) ? EigenFlags.None : EigenFlags.NumericallyZero;
        flags |= clusters.Any(cluster => cluster.IsCut) ? EigenFlags.ClusterCut : EigenFlags.None;
        var (values, vectors) = (Of(Values), Vectors.index_select(0, tensor(kept.Select(i => (long)i).ToArray(), dtype: ScalarType.Int64)));
        return new Eigenpairs
        {
            Values = values,
            Vectors = vectors.MoveToOuterDisposeScope(),
            Residuals = Of(Residuals),
            ResidualLimits = Of(ResidualLimits),
            ValueBounds = Of(ValueBounds),
            AngleBounds = Of(AngleBounds),
            Clusters = clusters,
            Products = split.WithoutProof,
            Split = split,
            Effort = Effort,
            Completeness = Completeness,
            Noise = Noise,
            Norm = Norm,
            Asymmetry = Asymmetry,
            Flags = flags,
            NonFiniteProduct = NonFiniteProduct,
            Function = Function,
            Validity = validity(values, vectors),
        };

        T[] Of<T>(T[] numbers) => [.. kept.Select(i => numbers[i])];
    }
}

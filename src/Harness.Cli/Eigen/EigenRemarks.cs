using Harness.Numerics;

namespace Harness.Cli;

/// <summary>What a person must know of an answer, a sentence per flag: what it means here, and what to do.</summary>
internal static class EigenRemarks
{
    internal static IEnumerable<string> Of(EigenView view, Eigenpairs pairs) =>
        from flag in Enum.GetValues<EigenFlags>()
        where flag != EigenFlags.None && pairs.Flags.HasFlag(flag)
        select $"{flag}: {Text(flag, view, pairs)}";

    /// <summary>Positions from 1, runs shortened: <c>1–3, 7</c>.</summary>
    internal static string Ranks(IEnumerable<int> positions)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var position in positions)
            if (runs.Count > 0 && runs[^1].Last == position - 1)
                runs[^1] = (runs[^1].First, position);
            else
                runs.Add((position, position));
        return string.Join(", ", runs.Select(run => run.First == run.Last ? $"{run.First + 1}" : $"{run.First + 1}–{run.Last + 1}"));
    }

    private static string Text(EigenFlags flag, EigenView view, Eigenpairs pairs) => flag switch
    {
        EigenFlags.BudgetSpent => $"the products allowed were spent first; {(view.MaxProducts is null ? "--max-products allows more" : "raise --max-products")}",
        EigenFlags.NotConverged => $"the residual of {Which(pairs, i => !pairs.IsConverged(i))} is above its limit",
        EigenFlags.NumericallyZero => $"{Which(pairs, i => Math.Abs(pairs.Values[i]) <= pairs.ZeroLevel)} cannot be told from zero: "
            + $"the products have noise of 4η‖H‖ = {pairs.ZeroLevel:0.0E+0}{LessNoise(view)}",
        EigenFlags.ClusterCut => $"{Which(pairs, i => pairs.Clusters.Any(cluster => cluster.IsCut && cluster.Members.Contains(i)))} belongs to a cluster of "
            + "which more was not asked for, so its vectors are some of many; another --top takes it in or leaves it out whole",
        EigenFlags.NotSymmetric => $"uᵀHv and vᵀHu differ by {pairs.Asymmetry:0.0E+0} of ‖H‖; nothing here applies to such an operator",
        EigenFlags.FewerThanRequested => $"{view.Top} were asked for, and there are {pairs.Count}",
        EigenFlags.Missed => "the written-out matrix has an eigenvalue beyond these that was not found; another --seed may find it",
        EigenFlags.NoiseAboveTolerance => $"the noise of the products, not --tol {view.Tol}, decided when "
            + $"{Which(pairs, i => pairs.ResidualLimits[i] <= pairs.ZeroLevel && Math.Abs(pairs.Values[i]) > pairs.ZeroLevel)} had converged"
            + LessNoise(view),
        EigenFlags.NonFiniteProduct => $"product {pairs.NonFiniteProduct} held NaN or infinity, and the search ended there; "
            + (pairs.Count == 0 ? "nothing can be certified" : $"{Plural.Of(pairs.Count, "pair")} could be certified by products that are finite")
            + ". Check that θ and the loss of every sample are finite" + (view.Dtype == "float32" ? ", or leave more room: --dtype float64" : ""),
        _ => "",
    };

    private static string LessNoise(EigenView view) => view.Dtype == "float32" ? "; --dtype float64 has less" : "";

    private static string Which(Eigenpairs pairs, Func<int, bool> belongs)
    {
        int[] ranks = [.. Enumerable.Range(0, pairs.Count).Where(belongs)];
        return ranks.Length == 1 ? $"eigenvalue {Ranks(ranks)}" : $"each of eigenvalues {Ranks(ranks)}";
    }
}

namespace Harness.Grading;

/// <summary>What a score is held against, or why there is nothing to hold it against.</summary>
/// <param name="Null">The best that an uninformed answer reaches (a mean over draws).</param>
/// <param name="Oracle">What the truth itself reaches.</param>
/// <param name="Value">The bar; null when refused.</param>
/// <param name="Refused">Why there is no bar; null when there is one.</param>
public sealed record Bar(double Null, double Oracle, double? Value, string? Refused)
{
    /// <summary>Where between null and oracle the bar lies.</summary>
    public const double Share = 0.5;

    /// <summary>
    /// <c>null + 0.5·(oracle − null)</c>, refused where any null clears it: a bar that an answer without knowledge passes says nothing.
    /// </summary>
    /// <param name="oracle">The oracle's score.</param>
    /// <param name="families">Name and mean score of every uninformed family; the best is the null.</param>
    /// <param name="others">Name and score of further nulls.</param>
    public static Bar Between(double oracle, IReadOnlyList<(string Name, double Score)> families, IReadOnlyList<(string Name, double Score)> others)
    {
        ArgumentNullException.ThrowIfNull(families);
        ArgumentNullException.ThrowIfNull(others);
        var best = families.Select(family => family.Score).DefaultIfEmpty(0).Max();
        var bar = best + Share * (oracle - best);
        foreach (var (name, score) in families.Concat(others))
            if (!(score < bar))
                return new Bar(best, oracle, null, $"no bar: the null '{name}' reaches {score:0.000} where the oracle has {oracle:0.000} and the bar would be {bar:0.000}");
        return new Bar(best, oracle, bar, null);
    }

    /// <summary>Pass or fail, or skipped where the bar is refused. NaN never passes.</summary>
    public Verdict Judge(double score) => Value is not { } bar ? Verdict.Skipped : score >= bar ? Verdict.Pass : Verdict.Fail;
}

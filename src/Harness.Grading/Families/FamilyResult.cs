namespace Harness.Grading;

/// <summary>What an uninformed family reaches on a model, in one column and shape.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Column">The column.</param>
/// <param name="Scores">Recovery of every draw; a single one for a family without randomness.</param>
public sealed record FamilyResult(string Family, RecoveryColumn Column, IReadOnlyList<double> Scores)
{
    /// <summary>Mean over draws.</summary>
    public double Mean => Scores.Average();

    /// <summary>Sample standard deviation over draws (n − 1); 0 for a single draw.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            return Scores.Count < 2 ? 0 : Math.Sqrt(Scores.Sum(score => (score - mean) * (score - mean)) / (Scores.Count - 1));
        }
    }

    /// <summary>(observed − mean) / standard deviation; null where the draws do not differ.</summary>
    public double? ZScore(double observed) => StandardDeviation > 0 ? (observed - Mean) / StandardDeviation : null;

    /// <summary>
    /// One-sided p-value <c>(1 + #{draws ≥ observed}) / (1 + draws)</c>; never 0. For a family without randomness it is 1 where the family does as
    /// well, otherwise null: a single value has no distribution.
    /// </summary>
    public double? PValue(double observed)
    {
        var reached = Scores.Count(score => score >= observed);
        return Scores.Count > 1 ? (1.0 + reached) / (1 + Scores.Count) : reached > 0 ? 1 : null;
    }
}

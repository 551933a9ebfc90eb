namespace Harness.ToyModels;

/// <summary>A trained model and how good it is.</summary>
/// <param name="Model">The model of the last attempt.</param>
/// <param name="Quality">Every check of the quality bar, as measured.</param>
/// <param name="Attempts">How many attempts it took, at least 1; the earlier ones were rejected by the bar.</param>
/// <param name="Ending">How the last attempt ended, in words: all steps taken, ended early and why, converged.</param>
public sealed record TrainingResult(ToyModel Model, IReadOnlyList<CertificateResult> Quality, int Attempts, string Ending)
{
    /// <summary>The bar as measured on each earlier attempt, which it rejected; empty: the first was the last.</summary>
    public IReadOnlyList<IReadOnlyList<CertificateResult>> Rejected { get; init; } = [];

    /// <summary>The bar as measured on the first attempt: what one training from this seed gives, good or not.</summary>
    public IReadOnlyList<CertificateResult> FirstQuality => Rejected is [var first, ..] ? first : Quality;

    /// <summary>Whether every check of the bar holds. If not, the model is not to be used.</summary>
    public bool MeetsBar => Quality.All(result => result.Holds);

    /// <summary>The checks that fail, for messages; empty if none does.</summary>
    public string Shortfall => string.Join(
        "; ", Quality.Where(result => !result.Holds).Select(result => FormattableString.Invariant(
            $"{result.Check.Name}: {result.Measured:g3} {result.Check.Unit}, limit {result.Check.Limit:g3}")));
}

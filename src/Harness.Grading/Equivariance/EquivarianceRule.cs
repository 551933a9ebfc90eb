namespace Harness.Grading;

/// <summary>Two questions with one answer. No truth is needed, so it holds for any method on any model.</summary>
/// <param name="Name">Stable name, lower-case with dashes.</param>
/// <param name="Summary">What it claims, in a sentence.</param>
/// <param name="Problem">What is wrong with a method that breaks it, and what to do.</param>
/// <param name="Twin">The second question. Tensors belong to the caller's dispose scope.</param>
/// <remarks>grading.md, equivariance checks.</remarks>
public sealed record EquivarianceRule(string Name, string Summary, string Problem, Func<EquivarianceSubject, EquivarianceTwin> Twin)
{
    /// <summary>The check's name, e.g. <c>equivariance.permute</c>.</summary>
    public string Check => $"equivariance.{Name}";

    /// <summary>Whether every method must keep it; otherwise its number is shown. Default true.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Whether it holds of a method that draws at random too, seed by seed: what is drawn does not depend on what is changed. Default false.</summary>
    public bool HoldsForEachSeed { get; init; }

    /// <summary>Whether the answers must be equal bit by bit: the two questions are one. Default false.</summary>
    public bool IsBitwise { get; init; }
}

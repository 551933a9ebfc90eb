using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>A made-up method whose score is known beforehand: it checks the grader, not a method. Addressed as <c>builtin:miniature/NAME</c>.</summary>
/// <param name="Name">Stable name, lower-case with dashes.</param>
/// <param name="Role">Oracle, control, baseline or null.</param>
/// <param name="Summary">One sentence: what it answers.</param>
/// <param name="Answer">The answer in the model's own (disguised) parameters. Tensors belong to the caller's dispose scope.</param>
/// <param name="AppliesTo">Whether a model has what it needs.</param>
public sealed record Miniature(
    string Name, MethodRole Role, string Summary, Func<MiniatureContext, IReadOnlyList<Subnetwork>> Answer, Func<ToyModel, bool> AppliesTo)
{
    /// <summary>How it is named on the command line.</summary>
    public string Selector => $"builtin:miniature/{Name}";
}

using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>An answer together with what it answers.</summary>
/// <param name="Id">The case's id in the export.</param>
/// <param name="Recipe">How the case was made.</param>
/// <param name="Model">The case, made again.</param>
/// <param name="Submission">The answer, in the model's own layout (still disguised).</param>
public sealed record SubmittedCase(string Id, CaseRecipe Recipe, ToyModel Model, Submission Submission);

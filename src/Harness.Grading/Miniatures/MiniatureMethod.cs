using Harness.Decompositions;
using Harness.Models;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>A miniature bound to a model, in the form of a method. Unlike every real method it knows the truth.</summary>
/// <param name="miniature">Which.</param>
/// <param name="model">The model as methods see it.</param>
/// <param name="profile">Its truth.</param>
public sealed class MiniatureMethod(Miniature miniature, ToyModel model, TruthProfile profile) : IDecompositionMethod
{
    /// <inheritdoc/>
    public MethodInfo Describe() => new($"miniature/{miniature.Name}", "1", miniature.Summary, IsStochastic: false);

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var random = RandomSource.Named(context.Seed, $"miniature/{miniature.Name}");
        return new Decomposition(Describe(), miniature.Answer(new MiniatureContext(model, profile, random)), new Dictionary<string, string>());
    }
}

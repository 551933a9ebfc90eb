using Harness.Decompositions;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>A row of the table: how to obtain a method for a model.</summary>
/// <param name="Selector">How it is named on the command line, e.g. <c>builtin:weight-svd</c>.</param>
/// <param name="Role">Why it stands in the table.</param>
/// <param name="Create">The method for a model as methods see it; null: it does not apply there and has no case.</param>
public sealed record GradedMethod(string Selector, MethodRole Role, Func<ToyModel, TruthProfile, IDecompositionMethod?> Create)
{
    /// <summary>A command that runs its cases again, where the key does not tell; null: composed from the key.</summary>
    public string? Replay { get; init; }

    /// <summary>Whether it hands in one and the same answer whatever it is asked, as a file does: then it cannot be asked anything else. Default false.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether the method has anything to say of a model, as methods see it. Default: of every one.</summary>
    public Func<ToyModel, bool> AppliesTo { get; init; } = _ => true;

    /// <summary>A real method: it is given the subject and nothing else.</summary>
    public static GradedMethod Blind(string selector, Func<IDecompositionMethod> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new GradedMethod(selector, MethodRole.Method, (model, _) => Applies(create, model) ? new Fresh(create) : null)
        {
            AppliesTo = model => Applies(create, model),
        };
    }

    /// <summary>A miniature.</summary>
    public static GradedMethod Of(Miniature miniature)
    {
        ArgumentNullException.ThrowIfNull(miniature);
        return new GradedMethod(
            miniature.Selector, miniature.Role,
            (model, profile) => miniature.AppliesTo(model) ? new MiniatureMethod(miniature, model, profile) : null);
    }

    /// <summary>Whether the method itself says so; one that cannot be asked runs, and its case says what went wrong.</summary>
    private static bool Applies(Func<IDecompositionMethod> create, ToyModel model)
    {
        try
        {
            return create().AppliesTo(model.ToSubject());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return true;
        }
    }

    /// <summary>Made only when it is run, where a constructor that throws is the case's error and nobody else's.</summary>
    private sealed class Fresh(Func<IDecompositionMethod> create) : IDecompositionMethod
    {
        public MethodInfo Describe() => create().Describe();

        public Decomposition Decompose(Subject subject, MethodContext context) => create().Decompose(subject, context);
    }
}

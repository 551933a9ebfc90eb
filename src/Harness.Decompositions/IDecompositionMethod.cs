namespace Harness.Decompositions;

/// <summary>A method that takes a network apart in parameter space.</summary>
public interface IDecompositionMethod
{
    /// <summary>Name, version and summary.</summary>
    MethodInfo Describe();

    /// <summary>Whether the method has anything to say of such a subject (default: yes). Where it has not, there is no case, and no score.</summary>
    bool AppliesTo(Subject subject) => true;

    /// <summary>
    /// Decomposes a subject. The subject's tensors must not be modified. Tensors of the answer belong to the caller's dispose scope.
    /// Equal subjects, contexts and thread counts give equal answers.
    /// </summary>
    Decomposition Decompose(Subject subject, MethodContext context);
}

using Harness.Decompositions;

namespace Harness.Cli;

/// <summary>An answer that was handed in, as a method: it gives the same answer whatever it is asked.</summary>
internal sealed class SubmittedAnswer(Decomposition answer) : IDecompositionMethod
{
    public MethodInfo Describe() => answer.Method;

    public Decomposition Decompose(Subject subject, MethodContext context) => answer;
}

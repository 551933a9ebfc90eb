using Harness.Decompositions;
using Harness.Grading;
using Harness.Numerics;
using Harness.ToyModels;

namespace Harness.Conformance;

/// <summary>A subject to try a method on, and the same network with its hidden units in another order.</summary>
/// <param name="Name">For error messages.</param>
/// <param name="Create">Makes the subject, the same one each time, in the caller's dispose scope.</param>
/// <param name="Permuted">
/// Makes the twin and the orthogonal map T between the two: the twin's parameters are <c>Tθ*</c> and its outputs are the same. Null: there is none.
/// </param>
public sealed record ConformanceSubject(string Name, Func<Subject> Create, Func<(Subject Twin, ILinearMap Map)>? Permuted = null)
{
    /// <summary>The equivalent questions about it.</summary>
    internal EquivarianceSubject Questions() => new(
        Create, Permuted is null ? new Dictionary<DisguiseKind, Func<(Subject, ILinearMap)>>() : new() { [DisguiseKind.Permute] = Permuted });
}

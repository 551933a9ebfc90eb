using System.Text.Json.Serialization;

namespace Harness.Numerics;

/// <summary>How sure it is that no eigenvalue beyond the returned ones was missed (a further copy of a repeated one, say).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Completeness>))]
public enum Completeness
{
    /// <summary>
    /// The budget was spent, a missed eigenvalue is known and could not be found, or the solver did not look. The returned pairs are still pairs.
    /// </summary>
    Incomplete,

    /// <summary>
    /// A sweep of a few products from a fresh random vector, orthogonal to all found vectors, saw nothing beyond them. Copies of values that stand clear
    /// of the rest do not escape it; among values packed closer than about 1/200 of the spectrum's width some can.
    /// </summary>
    Probable,

    /// <summary>All eigenvalues of the written-out matrix were counted, or the basis spans the whole space.</summary>
    Proved,
}

namespace Harness.Numerics.Tests.Validity;

/// <summary>Ways to get a validity radius wrong.</summary>
public enum ValidityFlaw
{
    None,

    /// <summary><c>⟨∇L(θ + tv) − ∇L(θ), v⟩ / t</c>: the third derivative enters.</summary>
    OneSided,

    /// <summary>Fails only above 1.5, not below 1/1.5.</summary>
    AboveOnly,

    /// <summary>Fails only below 1/1.5, not above 1.5.</summary>
    BelowOnly,

    /// <summary>The step counted in lengths of a vector that is not of unit length.</summary>
    StepNotNormalised,

    /// <summary>The largest step of the grid that holds, though a shorter one failed.</summary>
    LastThatHolds,

    /// <summary>An absolute instead of a relative deviation from λ.</summary>
    AbsoluteDeviation,

    /// <summary>Gates compared at <c>+t</c> only.</summary>
    PlusGatesOnly,
}

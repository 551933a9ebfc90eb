using System.Text.Json.Serialization;

namespace Harness.Numerics;

/// <summary>How the search for a validity radius ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ValidityOutcome>))]
public enum ValidityOutcome
{
    /// <summary>Just beyond the radius the curvature leaves the factor.</summary>
    Left,

    /// <summary>It never left the factor: the radius is the longest step looked at, <see cref="EigenValidity.Reach"/>.</summary>
    Held,

    /// <summary>
    /// Already at <see cref="ValidityRadius.LeastStep"/>, the shortest step at which rounding lets the curvature be measured, it is outside. The radius is
    /// given as 0: the eigenvalue says nothing about the loss at any distance that could be measured. A pre-activation parked on a kink does this.
    /// </summary>
    NeverHeld,

    /// <summary>Rounding drowns the curvature at every step. No radius.</summary>
    Unmeasurable,

    /// <summary>The eigenvalue cannot be told from zero, so there is nothing to be within a factor of. No radius.</summary>
    ZeroEigenvalue,
}

namespace Harness.Numerics;

/// <summary>A scale-free number that must not exceed its limit, in the manner of LAPACK's tests.</summary>
/// <param name="Name">Name of the check, stable.</param>
/// <param name="Formula">What is compared with what.</param>
/// <param name="Measured">The number; NaN if it could not be measured, which never holds.</param>
/// <param name="Limit">The most it may be.</param>
/// <param name="Tolerance">The member of <see cref="Tolerances"/> that derives the limit, or <c>bitwise</c>.</param>
public sealed record MeasuredRatio(string Name, string Formula, double Measured, double Limit, string Tolerance)
{
    /// <summary>Whether it is within the limit.</summary>
    public bool Holds => Measured <= Limit;
}

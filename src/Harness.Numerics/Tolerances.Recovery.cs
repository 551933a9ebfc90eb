namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// By how much a recovery score that is exact in exact arithmetic may differ from it: 1e-9. Containments and captured traces are sums of up to a few
    /// thousand products of orthonormal rows (<see cref="Orthonormality"/>, 5e-12 at 4,000 rows); a rescaling disguise with factors up to 4 multiplies
    /// that by its condition squared before orthonormalisation (16); the rest is margin. Far below anything that a score means.
    /// </summary>
    public const double RecoveryIdentity = 1e-9;
}

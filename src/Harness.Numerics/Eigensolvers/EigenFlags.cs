using System.Text.Json.Serialization;

namespace Harness.Numerics;

/// <summary>What a reader of eigenpairs must know.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<EigenFlags>))]
public enum EigenFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The product budget was spent before the stopping rule was met.</summary>
    BudgetSpent = 1,

    /// <summary>At least one returned pair does not meet the stopping rule; see <see cref="Eigenpairs.IsConverged"/>.</summary>
    NotConverged = 2,

    /// <summary>At least one |λ| is below what the noise of the products can tell from zero.</summary>
    NumericallyZero = 4,

    /// <summary>The last wanted eigenvalue has equals that were not asked for: its vectors are some vectors of that eigenspace.</summary>
    ClusterCut = 8,

    /// <summary>The operator is not symmetric beyond its noise; nothing certified here applies to it.</summary>
    NotSymmetric = 16,

    /// <summary>There are fewer pairs than were asked for: the dimension is smaller, or no more were found or could be certified.</summary>
    FewerThanRequested = 32,

    /// <summary>The proof found an eigenvalue beyond the returned ones that the iteration did not find.</summary>
    Missed = 64,

    /// <summary>
    /// The noise of the products lies above the tolerance for at least one eigenvalue that is not numerically zero: its residual reached
    /// <c>4η‖H‖</c>, not <c>tol·min(|λ|, gap)</c>. Float64 products, or a tolerance that the noise allows, remove it.
    /// </summary>
    NoiseAboveTolerance = 128,

    /// <summary>
    /// A product held NaN or infinity, and the solver stopped there; see <see cref="Eigenpairs.NonFiniteProduct"/>. What is returned was certified by
    /// products that are finite, and may be fewer pairs than asked for, or none.
    /// </summary>
    NonFiniteProduct = 256,
}

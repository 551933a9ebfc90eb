using System.Text.Json.Serialization;

namespace Harness.Numerics;

/// <summary>What an eigensolver's products were spent on. One vector is one product, in whatever precision.</summary>
/// <param name="Iteration">
/// Finding the pairs: the first probes of the noise and everything up to convergence, also after a sweep. Solvers are compared by this number.
/// </param>
/// <param name="Sweeps">Looking for missed eigenvalues from fresh random vectors.</param>
/// <param name="Certificate">The Rayleigh–Ritz step and the explicit residuals: k + 2, and k + 1 more where products run below float64.</param>
/// <param name="Proof">Writing the matrix out to count its eigenvalues; 0 without a proof.</param>
public sealed record ProductSplit(long Iteration, long Sweeps, long Certificate, long Proof)
{
    /// <summary>Nothing was spent.</summary>
    public static ProductSplit None { get; } = new(0, 0, 0, 0);

    /// <summary>What two solves spent together.</summary>
    public static ProductSplit operator +(ProductSplit left, ProductSplit right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Iteration + right.Iteration, left.Sweeps + right.Sweeps, left.Certificate + right.Certificate, left.Proof + right.Proof);
    }

    /// <summary>Everything but the proof: <see cref="Eigenpairs.Products"/>.</summary>
    [JsonIgnore]
    public long WithoutProof => Iteration + Sweeps + Certificate;
}

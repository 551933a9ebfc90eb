namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// Outputs of size about one of the same network, computed in float64 in two ways (under a disguise, by a formula, by plain loops), largest
    /// difference: 1e-12 = 9,000u. A dot product of n terms is off by at most n·u; four layers of 2,000 terms make 8,000u.
    /// </summary>
    public const double SameOutputs = 1e-12;

    /// <summary>
    /// Outputs of the same network, both computed in float32 by different programs, largest difference relative to the largest output: 1e-5 = 170 of
    /// float32's u, the promise of the exported networks. Four layers of some hundred terms, whose roundings add like a random walk, make about
    /// 4·√300·u = 70u, in each program. (Against float64 a network that cancels large biases is further off.)
    /// </summary>
    public const double SameOutputs32 = 1e-5;

    /// <summary>
    /// Gradients and Hessian products of the same network, computed in float64 in two gauges, largest difference relative to the largest entry: 1e-11, ten
    /// times <see cref="SameOutputs"/>. A derivative goes through the network twice (a product four times), and rescaling by up to 2 in each of two
    /// layers multiplies small entries, with their rounding, by up to 4.
    /// </summary>
    public const double SameGradients = 1e-11;

    /// <summary>Entries of size about one after a handful of multiplications and additions, and no long sum: 1e-14 = 90u.</summary>
    public const double SameEntries = 1e-14;

    /// <summary>
    /// Largest η of float32 products on a memorised network in the margin form of cross-entropy: 1e-6 = 17u₃₂. Curvature is a sum of samples' small terms
    /// there, each relatively accurate to a few u.
    /// </summary>
    public const double MarginFormNoise32 = 1e-6;

    /// <summary>
    /// Least η of the same products in the plain form: 1e-5 = 170u₃₂. Where 1 − p is 1e-3, say, <c>p − 1</c> keeps u/1e-3 of relative accuracy.
    /// </summary>
    public const double PlainFormNoise32 = 1e-5;
}

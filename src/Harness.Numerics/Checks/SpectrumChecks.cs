namespace Harness.Numerics;

/// <summary>
/// Inequalities between the spectra of related symmetric matrices. They hold for any such matrices, so what they judge is the relation: a block that is
/// no block, a sum that forgets a term, a solver that lost an eigenvalue. Each returns null when it holds. Spectra may be in any order.
/// </summary>
public static class SpectrumChecks
{
    /// <summary>
    /// A principal block's eigenvalues μ lie inside the whole's λ (Cauchy): <c>λ_i ≥ μ_i ≥ λ_{n − r + i}</c>, both descending, i = 0 … r − 1.
    /// </summary>
    /// <param name="whole">λ, <c>[n]</c>.</param>
    /// <param name="block">μ, <c>[r]</c>, r ≤ n.</param>
    /// <param name="rounding">How well either is known, absolute.</param>
    /// <exception cref="ArgumentException">The block has more eigenvalues than the whole.</exception>
    public static Violation? Interlacing(IReadOnlyList<double> whole, IReadOnlyList<double> block, double rounding)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(block);
        if (block.Count > whole.Count)
            throw new ArgumentException($"A block of {block.Count} eigenvalues does not fit into {whole.Count}.", nameof(block));
        var (outer, inner) = (Descending(whole), Descending(block));
        return Worst(
            "interlacing", i => Math.Max(inner[i] - outer[i], outer[outer.Length - inner.Length + i] - inner[i]), inner.Length, rounding,
            $"of a block of {inner.Length} within {outer.Length}");
    }

    /// <summary>
    /// Eigenvalues of a sum (Weyl): <c>α_i + β_{n−1} ≤ σ_i ≤ α_i + β_0</c> for A, B and A + B, all descending. With B = μI both sides meet, and every
    /// eigenvalue moves by μ exactly.
    /// </summary>
    /// <param name="first">α of A, <c>[n]</c>.</param>
    /// <param name="second">β of B, <c>[n]</c>.</param>
    /// <param name="sum">σ of A + B, <c>[n]</c>.</param>
    /// <param name="rounding">How well they are known together, absolute.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static Violation? Weyl(IReadOnlyList<double> first, IReadOnlyList<double> second, IReadOnlyList<double> sum, double rounding)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(sum);
        if (first.Count != second.Count || first.Count != sum.Count)
            throw new ArgumentException($"Matrices of one size have equally many eigenvalues, not {first.Count}, {second.Count} and {sum.Count}.", nameof(sum));
        var (a, b, total) = (Descending(first), Descending(second), Descending(sum));
        return Worst("Weyl", i => Math.Max(total[i] - a[i] - b[0], a[i] + b[^1] - total[i]), total.Length, rounding, $"of a sum, n = {total.Length}");
    }

    private static double[] Descending(IReadOnlyList<double> values) => [.. values.OrderDescending()];

    private static Violation? Worst(string check, Func<int, double> outside, int count, double limit, string where)
    {
        for (var i = 0; i < count; i++)
            if (Violation.Unless(check, outside(i), limit, $"eigenvalue {i} {where}") is { } violation)
                return violation;
        return null;
    }
}

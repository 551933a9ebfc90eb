using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// The rows of the iteration itself, before any final step mends them: orthonormal through restarts and joining directions, whatever the operator.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class KrylovBasisProperties
{
    private const int Restarts = 4;

    /// <summary>
    /// Kills, as mutants: <see cref="Couplings_alone_do_not_keep_rows_orthogonal"/> and <see cref="One_pass_over_all_rows_is_not_enough_where_products_are_noisy"/>.
    /// </summary>
    [Property]
    public void Rows_stay_orthonormal(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec).Operator;
        foreach (var op in new ISymmetricOperator[] { planted, new RoundedOperator(planted), new Lopsided(planted.Matrix, spec.Seed) })
            foreach (var (rows, step) in Rows(op, spec))
            {
                var (deviation, limit) = (Orthonormality.Deviation(rows), Tolerances.Orthonormality(rows.shape[0], op.Dimension));
                Assert.True(deviation <= limit, $"{spec}, {op.GetType().Name}, step {step}, {rows.shape[0]} rows: |VVᵀ − I| = {deviation:g3}, limit {limit:g3}");
            }
    }

    /// <summary>A symmetric operator's image is orthogonal to all but two rows in exact arithmetic only.</summary>
    [Fact]
    public void Couplings_alone_do_not_keep_rows_orthogonal() => Loses(PlantedSpectrum.Create(s_clustered).Operator, fullPasses: 0);

    /// <summary>
    /// Once little but noise is left of an image, much of the noise lies along the rows: what one pass leaves of that is large beside what it leaves.
    /// </summary>
    [Fact]
    public void One_pass_over_all_rows_is_not_enough_where_products_are_noisy()
    {
        using var scope = NewDisposeScope();
        var random = new RandomSource(0, 91);
        var basis = Numerics.Subspaces.Random(60, 60, random).Basis();
        Loses(PlantedSpectrum.Create([.. Enumerable.Range(0, 60).Select(i => 1 + 1e-9 * i)], basis).Operator, fullPasses: 1);
    }

    private static readonly SpectrumSpec s_clustered = new(SpectrumFamily.OutlierAndBulk, 120, 10, SpectrumEnd.Largest, true, 0);

    /// <summary>The plain iteration with so many passes over all rows goes beyond the limit; the project's basis on the same operator does not.</summary>
    private static void Loses(DenseOperator op, int fullPasses)
    {
        using var scope = NewDisposeScope();
        var count = (int)op.Dimension / 2;
        var rows = new List<Tensor> { tensor(new RandomSource(0, 92).Gaussians(op.Dimension)) };
        rows[0] /= rows[0].norm();
        for (var step = 1; step < count; step++)
        {
            var image = op.Multiply(rows[^1].unsqueeze(0))[0];
            if (fullPasses == 0)
                foreach (var row in rows.TakeLast(2).ToArray())
                    image -= row.dot(image) * row;
            for (var pass = 0; pass < fullPasses; pass++)
                image -= stack(rows).transpose(0, 1).mv(stack(rows).mv(image));
            rows.Add(image / image.norm());
        }
        var limit = Tolerances.Orthonormality(count, op.Dimension);
        Assert.True(Orthonormality.Deviation(stack(rows)) > limit, $"{Orthonormality.Deviation(stack(rows)):g3} ≤ {limit:g3}");
        using var right = new KrylovBasis(new MeasuredOperator(op, default), count, RandomSource.Named(0, "lanczos"));
        while (right.Size < count)
            right.Expand();
        Assert.InRange(Orthonormality.Deviation(RowsOf(right)), 0, limit);
    }

    /// <summary>A basis as a solver builds it: filled, restarted, a random direction joined, filled again.</summary>
    private static IEnumerable<(Tensor Rows, int Step)> Rows(ISymmetricOperator op, SpectrumSpec spec)
    {
        var capacity = (int)Math.Min(op.Dimension, Math.Max(2 * spec.Count, spec.Count + 20));
        using var basis = new KrylovBasis(new MeasuredOperator(op, default), capacity, RandomSource.Named((ulong)spec.Seed, "lanczos"));
        for (var step = 0; step < Restarts; step++)
        {
            while (basis.Size < capacity)
                basis.Expand();
            yield return (RowsOf(basis), step);
            if (basis.IsWholeSpace)
                yield break;
            basis.Restart(basis.Ritz(spec.Request.End), Math.Min(spec.Count + 2, capacity - 1));
            basis.AddRandom();
        }
    }

    private static Tensor RowsOf(KrylovBasis basis) =>
        basis.Vectors(new RitzPairs([], eye(basis.Size, basis.Size, ScalarType.Float64), [], [], []), basis.Size);

    /// <summary>A matrix with an antisymmetric part of a tenth of its norm: nothing that symmetry promises of its images holds.</summary>
    private sealed class Lopsided(Tensor matrix, int seed) : ISymmetricOperator
    {
        private readonly Tensor _matrix = matrix + matrix.abs().max() / 10
            * tensor(new RandomSource((ulong)seed, 93).Gaussians(matrix.shape[0] * matrix.shape[0]), matrix.shape) / Math.Sqrt(matrix.shape[0]);

        public long Dimension => _matrix.shape[0];

        public Tensor Multiply(Tensor block) => block.matmul(_matrix);
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>A product that is not finite ends a solve with what is certified by then, and a flag; it never passes for a number.</summary>
public class NonFiniteProductTests
{
    private const int Dimension = 200;

    private static readonly EigenRequest s_request = new(6, SpectrumEnd.Magnitude) { ProofDimension = 0 };

    public static TheoryData<IEigensolver> Solvers => [new DenseEigensolver(), new ThickRestartLanczos(), new PowerIteration()];

    /// <summary>Kills: an exception in the place of an answer, no pairs that count as all converged.</summary>
    [Theory]
    [MemberData(nameof(Solvers))]
    public void Where_no_product_is_finite_nothing_is_certified(IEigensolver solver)
    {
        using var scope = NewDisposeScope();
        var pairs = solver.Solve(new Faulty((_, _) => true), s_request);
        Assert.Equal(EigenFlags.NonFiniteProduct | EigenFlags.FewerThanRequested, pairs.Flags);
        Assert.Equal((0, 1L, Completeness.Incomplete, false), (pairs.Count, pairs.NonFiniteProduct, pairs.Completeness, pairs.Converged));
        Assert.Equal([0, Dimension], pairs.Vectors.shape);
    }

    /// <summary>
    /// One product is lost, early or late, in the iteration or in the certificate: all that is returned holds, to bounds computed from products that are
    /// finite. Kills: a residual by the recurrence of an iteration that broke off, bounds that presume completeness.
    /// </summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    [InlineData(30, 6)]
    [InlineData(70, 6)]
    public void What_was_found_before_is_certified(long lost, int count)
    {
        using var scope = NewDisposeScope();
        var exact = new Faulty((_, _) => false);
        var pairs = new ThickRestartLanczos().Solve(new Faulty((product, _) => product == lost), s_request);
        Assert.Equal((count, (long?)lost, Completeness.Incomplete, false), (pairs.Count, pairs.NonFiniteProduct, pairs.Completeness, pairs.Converged));
        Assert.True(pairs.Flags.HasFlag(EigenFlags.NonFiniteProduct) && pairs.Flags.HasFlag(EigenFlags.FewerThanRequested) == count < 6, $"{pairs.Flags}");
        Expect.None(EigenpairChecks.ClaimedResiduals(exact, pairs));
        Expect.None(EigenpairChecks.Orthonormal(pairs));
        Expect.None(EigenpairChecks.Order(s_request, pairs));
        for (var i = 0; i < pairs.Count; i++)
            Assert.InRange(Enumerable.Range(1, Dimension).Min(value => Math.Abs(value - pairs.Values[i])), 0, pairs.ValueBounds[i]);
        Assert.All(pairs.AngleBounds, Assert.Null);
    }

    /// <summary>Products along one eigenvector overflow: that one cannot be certified, and the others are. Kills: all or nothing.</summary>
    [Fact]
    public void Only_the_pairs_with_finite_products_are_returned()
    {
        using var scope = NewDisposeScope();
        var pairs = new ThickRestartLanczos().Solve(new Faulty((_, row) => row[Dimension - 2].abs().ToDouble() > 0.9), s_request);
        Assert.Equal(EigenFlags.NonFiniteProduct | EigenFlags.FewerThanRequested, pairs.Flags);
        double[] expected = [200, 198, 197, 196, 195];
        Assert.Equal(expected.Length, pairs.Count);
        Assert.All(expected.Zip(pairs.Values, pairs.ValueBounds), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, pair.Third));
    }

    [Fact]
    public void The_power_iteration_keeps_the_pairs_it_had()
    {
        using var scope = NewDisposeScope();
        var pairs = new PowerIteration().Solve(new Faulty((product, _) => product == 150), s_request);
        Assert.Equal((1, 150L), (pairs.Count, pairs.NonFiniteProduct));
        Expect.None(EigenpairChecks.ClaimedResiduals(new Faulty((_, _) => false), pairs));
    }

    /// <summary>The mutant: entries that are not finite are set to zero, and the answer to another question passes for this one's.</summary>
    [Fact]
    public void A_product_silently_replaced_is_rejected_by_claimed_residual()
    {
        using var scope = NewDisposeScope();
        var faulty = new Faulty((_, row) => row[0].abs().ToDouble() > 0);
        var pairs = new ThickRestartLanczos().Solve(new Replacing(faulty), s_request);
        Assert.Equal("claimed residual", EigenpairChecks.ClaimedResiduals(faulty, pairs)?.Check);
    }

    /// <summary>diag(1, …, n); products of the vectors named hold a NaN. Told the number of the product, from 1, and the vector.</summary>
    private sealed class Faulty(Func<long, Tensor, bool> isLost) : ISymmetricOperator
    {
        private long _products;

        public long Dimension => NonFiniteProductTests.Dimension;

        public Tensor Multiply(Tensor block)
        {
            using var scope = NewDisposeScope();
            var result = block * arange(1, Dimension + 1, dtype: ScalarType.Float64);
            for (var i = 0; i < block.shape[0]; i++)
                if (isLost(++_products, block[i]))
                    result.select(0, i).narrow(0, 7, 1).fill_(double.NaN);
            return result.MoveToOuterDisposeScope();
        }
    }

    private sealed class Replacing(ISymmetricOperator inner) : ISymmetricOperator
    {
        public long Dimension => inner.Dimension;

        public Tensor Multiply(Tensor block) => inner.Multiply(block).nan_to_num(0);
    }
}

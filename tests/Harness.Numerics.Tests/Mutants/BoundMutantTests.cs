using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>Error bounds that are too good to be true.</summary>
public class BoundMutantTests
{
    /// <summary>
    /// A vector turned by φ towards a neighbour at distance δ: residual <c>δ·sin φ·cos φ</c>, error of the value <c>δ·sin²φ</c>. By the gap to the bulk,
    /// far beyond that neighbour, both would be next to nothing.
    /// </summary>
    [Theory]
    [InlineData(true, "spectrum")]
    [InlineData(false, "eigenspace angle")]
    public void Bounds_by_the_gap_to_a_farther_value_are_rejected(bool isValue, string check)
    {
        const double near = 0.01, turn = 0.1, far = 5;
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = NewDisposeScope();
            double[] values = [10, 10 - near, .. Enumerable.Range(0, 28).Select(i => 10 - far - i / 28.0)];
            var planted = PlantedSpectrum.Create(values, Numerics.Subspaces.Random(30, 30, new RandomSource((ulong)seed)).Basis());
            var vector = Math.Cos(turn) * planted.Eigenvectors.narrow(0, 0, 1) + Math.Sin(turn) * planted.Eigenvectors.narrow(0, 1, 1);
            var (value, residual) = (10 - near * Math.Pow(Math.Sin(turn), 2), near * Math.Sin(turn) * Math.Cos(turn));
            var request = new EigenRequest(1, Tolerance: 0.1);

            Expect.None(Judge(residual, Math.Asin(residual / near) * 2));
            Assert.Equal(check, Judge(isValue ? residual * residual / (far - residual) : residual, isValue ? null : Math.Asin(residual / far))?.Check);

            Violation? Judge(double valueBound, double? angleBound)
            {
                var pairs = Claims.Of(planted.Operator, [value], vector, [residual], [valueBound], [angleBound]);
                return EigenpairChecks.All(planted.Operator, request, pairs, planted.Truth);
            }
        }
    }
}

using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

public enum SpectrumFamily
{
    WellSeparated,
    Clustered,
    Doubles,
    Quintuples,
    TwentyFold,
    RankDeficient,
    Indefinite,
    Graded,
    OutlierAndBulk,
    Zero,
}

/// <summary>A symmetric matrix with a prescribed spectrum, hidden by a Haar-random orthogonal basis or diagonal.</summary>
public sealed record SpectrumSpec(SpectrumFamily Family, int Dimension, int Count, SpectrumEnd End, bool IsHidden, int Seed)
{
    public EigenRequest Request => new(Count, End, Seed: (ulong)Seed) { ProofDimension = 0 };
}

/// <summary>The matrix A = QᵀΛQ with its eigenvalues Λ <c>[n]</c> and eigenvectors Q <c>[n, n]</c> (rows).</summary>
public sealed record PlantedSpectrum(double[] Eigenvalues, Tensor Eigenvectors, DenseOperator Operator)
{
    public static PlantedSpectrum Create(SpectrumSpec spec)
    {
        var random = new RandomSource((ulong)spec.Seed, 31);
        var values = Values(spec.Family, spec.Dimension, random);
        var basis = spec.IsHidden
            ? Numerics.Subspaces.Random(spec.Dimension, spec.Dimension, random).Basis()
            : eye(spec.Dimension, spec.Dimension, ScalarType.Float64);
        return Create(values, basis);
    }

    public static PlantedSpectrum Create(double[] values, Tensor basis)
    {
        var matrix = basis.transpose(0, 1).matmul(tensor(values).unsqueeze(1) * basis);
        return new PlantedSpectrum(values, basis, new DenseOperator((matrix + matrix.transpose(0, 1)) / 2));
    }

    public double Norm => Eigenvalues.Max(Math.Abs);

    /// <summary>How far the matrix's eigenvalues may be from the planted ones: two products of n terms were rounded.</summary>
    public double Rounding => 4 * Tolerances.DenseEigenvalue(Eigenvalues.Length) * Norm;

    public KnownSpectrum Truth => new(Eigenvalues, Eigenvectors, Rounding);

    /// <summary>The planted eigenvalues that a request should return, in reported order.</summary>
    public double[] Wanted(EigenRequest request)
    {
        var inwards = request.End switch
        {
            SpectrumEnd.Largest => Eigenvalues.OrderDescending(),
            SpectrumEnd.Smallest => Eigenvalues.Order(),
            _ => Eigenvalues.OrderByDescending(Math.Abs),
        };
        var wanted = inwards.Take(request.Count);
        return [.. request.End == SpectrumEnd.Magnitude ? wanted : wanted.OrderDescending()];
    }

    private static double[] Values(SpectrumFamily family, int n, RandomSource random)
    {
        double Between(double low, double high) => random.NextDouble(low, high);
        double[] Fill(Func<int, double> value) => [.. Enumerable.Range(0, n).Select(value)];
        return family switch
        {
            SpectrumFamily.WellSeparated => Fill(i => n - i + Between(-0.2, 0.2)),
            SpectrumFamily.Clustered => Fill(i => 10 - i / 3 + 1e-9 * (i % 3)),
            SpectrumFamily.Doubles => Fill(i => 1.0 / (1 + i / 2)),
            SpectrumFamily.Quintuples => Fill(i => Math.Cos(i / 5)),
            SpectrumFamily.TwentyFold => Fill(i => i < 20 ? 3 : Between(-1, 1)),
            SpectrumFamily.RankDeficient => Fill(i => i < Math.Max(1, n / 8) ? 1 + i : 0),
            SpectrumFamily.Indefinite => Fill(i => i % 3 == 0 ? -2.0 * (n - i) : Between(0, n / 2.0)),
            SpectrumFamily.Graded => Fill(i => Math.Pow(10, -12.0 * i / Math.Max(1, n - 1))),
            SpectrumFamily.OutlierAndBulk => Fill(i => i < 3 ? 50 * (i + 1) : Between(-0.1, 1)),
            _ => new double[n],
        };
    }
}

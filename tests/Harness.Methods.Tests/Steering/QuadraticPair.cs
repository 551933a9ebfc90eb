using FsCheck;
using FsCheck.Fluent;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>
/// Two data sets of a linear regression with one output, whose Hessians have prescribed spectra in random bases: eigenvalues in groups of equal ones, each
/// group a factor below the one before, and the rest zero.
/// </summary>
/// <param name="Kept">Sizes of the kept set's groups; their sum is at most P.</param>
/// <param name="Ablated">Sizes of the other's.</param>
/// <param name="Ratio">An eigenvalue of a group over that of the next, 2 … 100: with four groups that is up to six decades.</param>
/// <param name="Avoided">k.</param>
/// <param name="Seed">Of both bases.</param>
public sealed record QuadraticPair(int[] Kept, int[] Ablated, int Ratio, int Avoided, int Seed)
{
    /// <summary>P.</summary>
    public const int Parameters = 16;

    public static Arbitrary<QuadraticPair> Arbitrary()
    {
        var groups = from count in Gen.Choose(1, 4) from sizes in Gen.ArrayOf(Gen.Choose(1, 3), count) select sizes;
        return Arb.From(
            from kept in groups
            from ablated in groups
            from ratio in Gen.Elements(2, 5, 20, 100)
            from avoided in Gen.Choose(0, 12)
            from seed in Gen.Choose(0, 1_000_000)
            select new QuadraticPair(kept, ablated, ratio, avoided, seed),
            spec =>
                from smaller in new[] { spec with { Kept = spec.Kept[..1] }, spec with { Ablated = spec.Ablated[..1] }, spec with { Avoided = spec.Avoided / 2 }, spec with { Ratio = 2 } }
                where smaller.Kept.Length + smaller.Ablated.Length + smaller.Avoided + smaller.Ratio < spec.Kept.Length + spec.Ablated.Length + spec.Avoided + spec.Ratio
                select smaller);
    }

    /// <summary>The two sets, <c>keep</c> and <c>ablate</c>, at θ = 0.</summary>
    /// <param name="factor">Of the loss.</param>
    /// <param name="turn">θ is replaced by this orthogonal matrix times θ; null: it is not.</param>
    public Subject Subject(double factor = 1, Tensor? turn = null)
    {
        var network = new Network(new ParameterLayout([("w", [1, Parameters])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "y" }], "y");
        DataSet Set(string name, int[] groups, int stream)
        {
            var basis = Basis(stream);
            if (turn is not null)
                basis = basis.matmul(turn.t());
            // H = (2/N) XᵀX with N = P rows, so that row i is √(λ_i N/2) q_i.
            var inputs = tensor(Spectrum(groups).Select(value => Math.Sqrt(value * Parameters / 2)).ToArray(), [Parameters, 1]) * basis;
            return new DataSet(name, inputs, zeros([Parameters, 1], dtype: ScalarType.Float64));
        }
        return new Subject(new Model(network, zeros(Parameters, dtype: ScalarType.Float64), new Loss(LossKind.MeanSquaredError) { Factor = factor }), [Set("keep", Kept, 1), Set("ablate", Ablated, 2)]);
    }

    /// <summary>Ranks after which the kept set's spectrum can be cut: the ends of its groups, and none among the zeros but the last.</summary>
    public IReadOnlyList<int> Ends => [0, .. Kept.Select((_, i) => Kept[..(i + 1)].Sum()), Parameters];

    /// <summary>The span of the first so many kept eigenvectors.</summary>
    public DenseSubspace Leading(long count) => new(Basis(1).narrow(0, 0, count));

    private Tensor Basis(int stream) => Subspaces.Random(Parameters, Parameters, new RandomSource((ulong)Seed, (ulong)stream)).Basis();

    private double[] Spectrum(int[] groups) =>
        [.. groups.SelectMany((size, group) => Enumerable.Repeat(Math.Pow(Ratio, -group), size)), .. new double[Parameters - groups.Sum()]];
}

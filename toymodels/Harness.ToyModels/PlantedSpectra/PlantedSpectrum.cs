using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>A symmetric matrix with a prescribed spectrum (toymodels.md A1), as an operator and as the Hessian of a loss.</summary>
/// <param name="Family">Name of the spectrum, e.g. <c>clustered</c>.</param>
/// <param name="Description">The eigenvalues in words.</param>
/// <param name="Eigenvalues">Descending, repeated by multiplicity.</param>
/// <param name="IsRotated">
/// True: hidden by a Haar-random orthogonal basis; false: diagonal, in an order that the seed chooses.
/// </param>
public sealed record PlantedSpectrum(string Family, string Description, IReadOnlyList<double> Eigenvalues, bool IsRotated)
{
    internal const string FamilyName = "planted-spectrum";

    /// <summary>Every spectrum, diagonal and (where that differs) rotated.</summary>
    public static IReadOnlyList<PlantedSpectrum> All { get; } =
    [
        .. SpectrumGallery.Diagonal.SelectMany(spectrum => spectrum.Eigenvalues.Distinct().Count() == 1
            ? (IEnumerable<PlantedSpectrum>)[spectrum]
            : [spectrum, spectrum with { IsRotated = true }]),
    ];

    /// <summary>Id of the toy model, e.g. <c>planted-spectrum/clustered-rotated</c>.</summary>
    public string Id => $"{FamilyName}/{Family}{(IsRotated ? "-rotated" : "")}";

    /// <summary>n.</summary>
    public int Dimension => Eigenvalues.Count;

    /// <summary>Orthonormal eigenvectors <c>[n, n]</c>, one per row, in the order of <see cref="Eigenvalues"/>.</summary>
    public Tensor Eigenvectors(ulong seed)
    {
        var random = RandomSource.Named(seed, $"{Id}/basis");
        using var scope = NewDisposeScope();
        var basis = IsRotated
            ? Subspaces.Random(Dimension, Dimension, random).Basis()
            : eye(Dimension, dtype: float64).index_select(0, tensor(random.Permutation(Dimension).Select(index => (long)index).ToArray()));
        return basis.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// <c>A = Vᵀ diag(λ) V</c>, <c>[n, n]</c>, exactly symmetric. Rotated, its eigenvalues are the planted ones up to rounding, n·u·‖A‖.
    /// </summary>
    public Tensor Matrix(ulong seed)
    {
        using var scope = NewDisposeScope();
        var vectors = Eigenvectors(seed);
        var product = matmul(vectors.transpose(0, 1) * tensor(Eigenvalues.ToArray()), vectors);
        return ((product + product.transpose(0, 1)) * 0.5).MoveToOuterDisposeScope();
    }

    /// <summary>The matrix as an operator.</summary>
    public DenseOperator Operator(ulong seed) => new(Matrix(seed));

    /// <summary>The matrix as the Hessian of a loss; see <see cref="PlantedSpectrumLoss"/>.</summary>
    public ToyModel Create(ulong seed) => PlantedSpectrumLoss.Create(this, seed);

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => All.Select(spectrum => new ToyModelEntry(
        spectrum.Id,
        $"A loss whose Hessian A at θ* is prescribed: {(spectrum.IsRotated ? "in a Haar-random basis" : "diagonal")}, with the eigenvalues "
        + $"{spectrum.Description}. L(θ) = (½ + ½(θ − θ*)ᵀA(θ − θ*))² has gradient 0 and Hessian A at θ*, exactly, also where A is indefinite.",
        FamilyName,
        spectrum.Create));
}

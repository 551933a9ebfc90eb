using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// <c>T·S</c>: the image of a subspace under an invertible map, known through the products of both. With B the basis of S, its basis is
/// <c>L⁻¹BTᵀ</c>, where <c>LLᵀ</c> is the Gram matrix of the mapped basis (the identity for an orthogonal map).
/// Its tensors belong to the dispose scope in which it was made.
/// </summary>
public sealed class TransformedSubspace : Subspace
{
    private const long ChunkRows = 256;

    private readonly ILinearMap _map;
    private readonly Subspace _inner;
    private readonly Tensor? _inverseFactor;

    /// <summary>Creates T·S.</summary>
    /// <param name="map">T.</param>
    /// <param name="inner">S, of dimension r. Unless T is orthogonal, an r × r matrix is formed.</param>
    /// <exception cref="ArgumentException">
    /// The dimensions differ, or T is so badly conditioned on S (beyond about 1e7) that the Gram matrix is not positive definite in float64.
    /// </exception>
    public TransformedSubspace(ILinearMap map, Subspace inner)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(inner);
        if (map.Dimension != inner.AmbientDimension)
            throw new ArgumentException($"The map acts on ℝ^{map.Dimension}, the subspace lies in ℝ^{inner.AmbientDimension}.");
        (_map, _inner) = (map, inner);
        if (!map.IsOrthogonal && inner.Dimension > 0)
            _inverseFactor = Orthonormalise();
    }

    /// <inheritdoc/>
    public override long AmbientDimension => _inner.AmbientDimension;

    /// <inheritdoc/>
    public override long Dimension => _inner.Dimension;

    /// <inheritdoc/>
    public override Tensor Coordinates(Tensor block)
    {
        Blocks.Check(block, AmbientDimension);
        using var scope = NewDisposeScope();
        var coordinates = _inner.Coordinates(_map.ApplyTranspose(block));
        return (_inverseFactor is null ? coordinates : coordinates.matmul(_inverseFactor.transpose(0, 1))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor coordinates)
    {
        Blocks.Check(coordinates, Dimension);
        using var scope = NewDisposeScope();
        return _map.Apply(_inner.Embed(_inverseFactor is null ? coordinates : coordinates.matmul(_inverseFactor))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Basis()
    {
        using var scope = NewDisposeScope();
        return Embed(eye(Dimension, Dimension, ScalarType.Float64)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Subspace MoveToOuterDisposeScope()
    {
        _inner.MoveToOuterDisposeScope();
        _inverseFactor?.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>
    /// L⁻¹ by Cholesky of the Gram matrix, twice: the second pass removes the condition(T)²·u by which the first falls short of orthonormal.
    /// </summary>
    private Tensor Orthonormalise()
    {
        using var scope = NewDisposeScope();
        var first = InverseFactor(null);
        return InverseFactor(first).matmul(first).MoveToOuterDisposeScope();
    }

    private Tensor InverseFactor(Tensor? factor)
    {
        using var scope = NewDisposeScope();
        var gram = Gram(factor);
        try
        {
            return linalg.inv(linalg.cholesky((gram + gram.transpose(0, 1)) / 2)).MoveToOuterDisposeScope();
        }
        catch (System.Runtime.InteropServices.ExternalException exception)
        {
            throw new ArgumentException(
                $"The map is too badly conditioned on this {Dimension}-dimensional subspace to orthonormalise its image in float64; write the image out with DenseSubspace.Span instead.",
                exception);
        }
    }

    private Tensor Gram(Tensor? factor)
    {
        using var scope = NewDisposeScope();
        var identity = eye(Dimension, Dimension, ScalarType.Float64);
        var chunks = new List<Tensor>();
        for (long start = 0; start < Dimension; start += ChunkRows)
        {
            using var inner = NewDisposeScope();
            var rows = (factor ?? identity).narrow(0, start, Math.Min(ChunkRows, Dimension - start));
            var products = _inner.Coordinates(_map.ApplyTranspose(_map.Apply(_inner.Embed(rows))));
            chunks.Add((factor is null ? products : products.matmul(factor.transpose(0, 1))).MoveToOuterDisposeScope());
        }
        return cat(chunks, 0).MoveToOuterDisposeScope();
    }
}

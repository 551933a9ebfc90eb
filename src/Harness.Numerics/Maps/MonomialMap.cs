using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// A permutation with scales: <c>(Tv)[i] = scale[i]·v[source[i]]</c>. Neuron permutations and ReLU rescalings are of this kind. Immutable and thread-safe.
/// </summary>
public sealed class MonomialMap : ILinearMap
{
    private readonly long[] _source;
    private readonly long[] _target;
    private readonly double[] _scale;

    /// <summary>Creates a map.</summary>
    /// <param name="source"><c>[n]</c>: a permutation of 0 … n − 1.</param>
    /// <param name="scale"><c>[n]</c>: finite and non-zero.</param>
    /// <exception cref="ArgumentException">The lengths differ, <paramref name="source"/> is no permutation, or a scale is zero or not finite.</exception>
    public MonomialMap(long[] source, double[] scale)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scale);
        if (source.Length == 0 || source.Length != scale.Length)
            throw new ArgumentException($"Expected as many scales as sources (at least one), got {source.Length} sources and {scale.Length} scales.");
        _target = new long[source.Length];
        Array.Fill(_target, -1);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] < 0 || source[i] >= source.Length || _target[source[i]] >= 0)
                throw new ArgumentException($"source must be a permutation of 0 … {source.Length - 1}, but source[{i}] = {source[i]} is out of range or repeated.", nameof(source));
            if (scale[i] == 0 || !double.IsFinite(scale[i]))
                throw new ArgumentException($"scale[{i}] = {scale[i]}; an invertible map needs finite, non-zero scales.", nameof(scale));
            _target[source[i]] = i;
        }
        (_source, _scale) = ((long[])source.Clone(), (double[])scale.Clone());
        IsOrthogonal = Array.TrueForAll(scale, value => Math.Abs(value) == 1);
    }

    /// <inheritdoc/>
    public long Dimension => _source.Length;

    /// <inheritdoc/>
    public bool IsOrthogonal { get; }

    /// <summary>Where an entry goes: <c>Target(source[i]) = i</c>.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not in 0 … n − 1.</exception>
    public long Target(long index) => _target[index];

    /// <summary>Where an entry comes from: <c>Source(i) = source[i]</c>.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not in 0 … n − 1.</exception>
    public long Source(long index) => _source[index];

    /// <inheritdoc/>
    public Tensor Apply(Tensor block) => Forward(block, divide: false);

    /// <inheritdoc/>
    public Tensor ApplyInverse(Tensor block) => Backward(block, divide: true);

    /// <inheritdoc/>
    public Tensor ApplyTranspose(Tensor block) => Backward(block, divide: false);

    /// <inheritdoc/>
    public Tensor ApplyInverseTranspose(Tensor block) => Forward(block, divide: true);

    /// <summary>This map after another, entry by entry: <c>(Tv)[i] = a[i]·b[s[i]]·v[t[s[i]]]</c>.</summary>
    internal MonomialMap After(MonomialMap first) => new(
        [.. _source.Select(index => first._source[index])], [.. _source.Select((index, i) => _scale[i] * first._scale[index])]);

    /// <summary><c>(T⁻¹v)[s[i]] = v[i] / a[i]</c>.</summary>
    internal MonomialMap Inverted() => new(_target, [.. _target.Select(index => 1 / _scale[index])]);

    private Tensor Forward(Tensor block, bool divide)
    {
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        var moved = block.index_select(1, tensor(_source));
        var scale = tensor(_scale);
        return (divide ? moved / scale : moved * scale).MoveToOuterDisposeScope();
    }

    private Tensor Backward(Tensor block, bool divide)
    {
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        var scale = tensor(_scale);
        return (divide ? block / scale : block * scale).index_select(1, tensor(_target)).MoveToOuterDisposeScope();
    }
}

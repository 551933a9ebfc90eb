using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// An orthogonal map of parameters that acts along axes of tensors, for each axis by a small matrix of its own: a change of basis in linear hidden
/// spaces. No P × P matrix is formed; a product with k vectors takes about k·Σ n·(entries of the tensor) multiplications. Immutable and thread-safe.
/// </summary>
public sealed class RotationMap : ILinearMap
{
    private readonly ParameterLayout _layout;
    private readonly AxisRotation[] _rotations;
    private readonly bool _isTransposed;

    /// <summary>Creates a map.</summary>
    /// <param name="layout">Names and shapes of the tensors of θ.</param>
    /// <param name="rotations">Those along one axis of a tensor do not overlap, so that all commute; what none reaches stays as it is.</param>
    /// <exception cref="ArgumentException">A rotation does not fit the layout, or overlaps another.</exception>
    public RotationMap(ParameterLayout layout, IEnumerable<AxisRotation> rotations)
        : this(layout, [.. rotations ?? throw new ArgumentNullException(nameof(rotations))], isTransposed: false)
    {
        ArgumentNullException.ThrowIfNull(layout);
        foreach (var one in _rotations)
        {
            var shape = layout.Contains(one.Tensor) ? layout[one.Tensor].Shape : null;
            if (shape is null || one.Axis >= shape.Count || one.Start > shape[one.Axis] - one.Size)
                throw new ArgumentException(
                    $"A rotation of entries {one.Start} … {one.Start + one.Size - 1} along axis {one.Axis} of '{one.Tensor}' does not fit: "
                    + (shape is null ? "the layout has no such tensor." : $"its shape is [{string.Join(", ", shape)}]."),
                    nameof(rotations));
            if (_rotations.Any(other => other != one && Overlap(one, other)))
                throw new ArgumentException($"Entries along axis {one.Axis} of '{one.Tensor}' are rotated twice; multiply the matrices instead.", nameof(rotations));
        }
    }

    private RotationMap(ParameterLayout layout, AxisRotation[] rotations, bool isTransposed) =>
        (_layout, _rotations, _isTransposed) = (layout, rotations, isTransposed);

    /// <inheritdoc/>
    public long Dimension => _layout.Length;

    /// <summary>Always true.</summary>
    public bool IsOrthogonal => true;

    /// <inheritdoc/>
    public Tensor Apply(Tensor block) => Rotate(block, _isTransposed);

    /// <inheritdoc/>
    public Tensor ApplyInverse(Tensor block) => Rotate(block, !_isTransposed);

    /// <inheritdoc/>
    public Tensor ApplyTranspose(Tensor block) => Rotate(block, !_isTransposed);

    /// <inheritdoc/>
    public Tensor ApplyInverseTranspose(Tensor block) => Rotate(block, _isTransposed);

    /// <summary>The map with Qᵀ for every Q.</summary>
    internal RotationMap Inverted() => new(_layout, _rotations, !_isTransposed);

    private Tensor Rotate(Tensor block, bool transposed)
    {
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        var count = block.shape[0];
        var pieces = _layout.Split(block).ToArray();
        foreach (var rotation in _rotations)
        {
            ref var piece = ref pieces[_layout.IndexOf(rotation.Tensor)];
            piece = Rotate(piece.transpose(1 + rotation.Axis, -1), rotation, transposed).transpose(1 + rotation.Axis, -1);
        }
        return cat([.. pieces.Zip(_layout, (piece, slot) => piece.reshape(count, slot.Length))], 1).MoveToOuterDisposeScope();
    }

    /// <summary>Rotates entries of the last axis. Rows times Qᵀ are Q times columns.</summary>
    private static Tensor Rotate(Tensor piece, AxisRotation rotation, bool transposed)
    {
        var matrix = transposed ? rotation.Matrix() : rotation.Matrix().transpose(0, 1);
        var (length, end) = (piece.shape[^1], rotation.Start + rotation.Size);
        return length == rotation.Size
            ? piece.matmul(matrix)
            : cat(
                [piece.narrow(-1, 0, rotation.Start), piece.narrow(-1, rotation.Start, rotation.Size).matmul(matrix), piece.narrow(-1, end, length - end)], -1);
    }

    private static bool Overlap(AxisRotation one, AxisRotation other) =>
        one.Tensor == other.Tensor && one.Axis == other.Axis && one.Start < other.Start + other.Size && other.Start < one.Start + one.Size;
}

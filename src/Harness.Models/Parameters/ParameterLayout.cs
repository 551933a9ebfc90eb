using System.Collections;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>
/// The order in which named tensors are flattened into one parameter vector of length <see cref="Length"/>:
/// row-major, tensor after tensor. Immutable and thread-safe.
/// </summary>
public sealed class ParameterLayout : IReadOnlyList<ParameterSlot>
{
    private readonly ParameterSlot[] _slots;
    private readonly Dictionary<string, int> _indexByName;

    /// <summary>Creates a layout from names and shapes, in flattening order.</summary>
    /// <exception cref="ArgumentException">A name is empty or repeated, a size is not positive, or there is no tensor.</exception>
    public ParameterLayout(IEnumerable<(string Name, long[] Shape)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var slots = new List<ParameterSlot>();
        _indexByName = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, shape) in tensors)
        {
            if (string.IsNullOrEmpty(name) || !_indexByName.TryAdd(name, slots.Count))
                throw new ArgumentException($"Parameter names must be unique and non-empty, but '{name}' is not.", nameof(tensors));
            if (Array.Exists(shape, size => size <= 0))
                throw new ArgumentException($"Parameter '{name}' has shape [{string.Join(", ", shape)}]; every size must be positive.", nameof(tensors));
            slots.Add(new ParameterSlot(name, Array.AsReadOnly((long[])shape.Clone()), Length));
            Length = slots[^1].End;
        }
        if (slots.Count == 0)
            throw new ArgumentException("A layout needs at least one parameter.", nameof(tensors));
        _slots = [.. slots];
    }

    /// <summary>Number of entries P of the flat parameter vector.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public int Count => _slots.Length;

    /// <inheritdoc/>
    public ParameterSlot this[int index] => _slots[index];

    /// <summary>The slot of a named tensor.</summary>
    /// <exception cref="KeyNotFoundException">No tensor has this name; the message lists those there are.</exception>
    public ParameterSlot this[string name] => _slots[IndexOf(name)];

    /// <summary>Position of a named tensor in flattening order.</summary>
    /// <exception cref="KeyNotFoundException">No tensor has this name; the message lists those there are.</exception>
    public int IndexOf(string name) => _indexByName.TryGetValue(name, out var index)
        ? index
        : throw new KeyNotFoundException($"No parameter is named '{name}'; there are {string.Join(", ", _slots.Select(slot => slot.Name))}.");

    /// <summary>Whether a tensor has this name.</summary>
    public bool Contains(string name) => _indexByName.ContainsKey(name);

    /// <summary>
    /// Splits flat vectors <c>[..., P]</c> into one tensor <c>[..., *shape]</c> per slot. The results are views: gradients flow through.
    /// </summary>
    /// <exception cref="ArgumentException">The last dimension of <paramref name="flat"/> is not P.</exception>
    public IReadOnlyList<Tensor> Split(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        var leading = flat.shape;
        if (leading.Length == 0 || leading[^1] != Length)
            throw new ArgumentException($"Expected a tensor [..., {Length}], got [{string.Join(", ", leading)}].", nameof(flat));
        leading = leading[..^1];
        return [.. _slots.Select(slot => flat.narrow(-1, slot.Offset, slot.Length).reshape([.. leading, .. slot.Shape]))];
    }

    /// <summary>Flattens one tensor per slot, each of its slot's shape, into a vector <c>[P]</c>. Gradients flow through.</summary>
    /// <exception cref="ArgumentException">The number of tensors or a shape differs from the layout.</exception>
    public Tensor Flatten(IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count != _slots.Length)
            throw new ArgumentException($"Expected {_slots.Length} tensors, got {tensors.Count}.", nameof(tensors));
        for (var i = 0; i < _slots.Length; i++)
            if (!tensors[i].shape.AsSpan().SequenceEqual(_slots[i].ShapeArray()))
                throw new ArgumentException(
                    $"Parameter '{_slots[i].Name}' has shape [{string.Join(", ", _slots[i].Shape)}], got [{string.Join(", ", tensors[i].shape)}].",
                    nameof(tensors));
        using var scope = NewDisposeScope();
        return cat([.. tensors.Select(tensor => tensor.reshape(-1))], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Flattens tensors given by name; see <see cref="Flatten(IReadOnlyList{Tensor})"/>.</summary>
    /// <exception cref="KeyNotFoundException">A tensor of the layout is missing.</exception>
    public Tensor Flatten(IReadOnlyDictionary<string, Tensor> tensors) => Flatten([.. _slots.Select(slot => tensors[slot.Name])]);

    /// <inheritdoc/>
    public IEnumerator<ParameterSlot> GetEnumerator() => ((IEnumerable<ParameterSlot>)_slots).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

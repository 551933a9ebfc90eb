using System.IO.Enumeration;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The block of an operator on flat parameter vectors that belongs to some named tensors: a layer, all biases, … Its dimension is the number of their
/// entries, in layout order; <see cref="Embed"/> and <see cref="Restrict"/> pass between these vectors and whole parameter vectors.
/// </summary>
/// <remarks>
/// Restricted, not padded with zeros: padding would add a null space that is no property of the layer. By Cauchy's interlacing its spectrum lies within
/// that of the whole.
/// </remarks>
public sealed class LayerOperator : ISymmetricOperator
{
    private readonly ISymmetricOperator _inner;
    private readonly CoordinateSubspace _entries;

    /// <summary>Restricts an operator to named tensors.</summary>
    /// <param name="inner">The operator on whole parameter vectors.</param>
    /// <param name="layout">Where each tensor lies in them.</param>
    /// <param name="tensors">At least one name; order and repetitions do not matter.</param>
    /// <exception cref="ArgumentException">The operator's dimension is not the layout's length, or no tensor is named.</exception>
    /// <exception cref="KeyNotFoundException">No tensor has one of the names; the message lists those there are.</exception>
    public LayerOperator(ISymmetricOperator inner, ParameterLayout layout, IEnumerable<string> tensors)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(tensors);
        if (inner.Dimension != layout.Length)
            throw new ArgumentException($"The operator acts on ℝ^{inner.Dimension}, the layout describes vectors of length {layout.Length}.", nameof(layout));
        ParameterSlot[] slots = [.. tensors.Select(layout.IndexOf).Distinct().Order().Select(index => layout[index])];
        if (slots.Length == 0)
            throw new ArgumentException($"No tensor was named; there are {Names(layout)}.", nameof(tensors));
        _inner = inner;
        _entries = new CoordinateSubspace(layout.Length, [.. slots.SelectMany(Entries)]);
        Tensors = [.. slots.Select(slot => slot.Name)];
    }

    private LayerOperator(ISymmetricOperator inner, CoordinateSubspace entries, IReadOnlyList<string> tensors) =>
        (_inner, _entries, Tensors) = (inner, entries, tensors);

    /// <summary>Restricts an operator to the tensors whose names match a pattern.</summary>
    /// <param name="inner">The operator on whole parameter vectors.</param>
    /// <param name="layout">Where each tensor lies in them.</param>
    /// <param name="glob"><c>*</c> stands for any text, <c>?</c> for one character; case matters.</param>
    /// <exception cref="ArgumentException">No name matches, or the operator's dimension is not the layout's length.</exception>
    public static LayerOperator Matching(ISymmetricOperator inner, ParameterLayout layout, string glob)
    {
        var matching = Names(layout, glob);
        return matching.Count > 0
            ? new LayerOperator(inner, layout, matching)
            : throw new ArgumentException($"No tensor's name matches '{glob}'; there are {Names(layout)}.", nameof(glob));
    }

    /// <summary>The names of a layout that match a pattern, in layout order; none is no error here.</summary>
    /// <param name="layout">The tensors.</param>
    /// <param name="glob">See <see cref="Matching"/>.</param>
    public static IReadOnlyList<string> Names(ParameterLayout layout, string glob)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentException.ThrowIfNullOrEmpty(glob);
        return [.. layout.Select(slot => slot.Name).Where(name => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false))];
    }

    /// <summary>The tensors it is restricted to, in layout order.</summary>
    public IReadOnlyList<string> Tensors { get; }

    /// <summary>r, the number of entries of the tensors.</summary>
    public long Dimension => _entries.Dimension;

    /// <inheritdoc/>
    public ISymmetricOperator Reference =>
        ReferenceEquals(_inner.Reference, _inner) ? this : new LayerOperator(_inner.Reference, _entries, Tensors);

    /// <inheritdoc/>
    public ILocalFunction? Function => _inner.Function is { } function ? new MappedFunction(function, Embed) : null;

    /// <summary>Whole parameter vectors that are zero outside the tensors: <c>[k, r] → [k, P]</c>.</summary>
    /// <exception cref="ArgumentException">The block is not <c>[k, r]</c> float64.</exception>
    public Tensor Embed(Tensor block) => _entries.Embed(block);

    /// <summary>The entries of whole parameter vectors that belong to the tensors: <c>[k, P] → [k, r]</c>.</summary>
    /// <exception cref="ArgumentException">The block is not <c>[k, P]</c> float64.</exception>
    public Tensor Restrict(Tensor block) => _entries.Coordinates(block);

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return Restrict(_inner.Multiply(Embed(block))).MoveToOuterDisposeScope();
    }

    private static IEnumerable<long> Entries(ParameterSlot slot)
    {
        for (var index = slot.Offset; index < slot.End; index++)
            yield return index;
    }

    private static string Names(ParameterLayout layout) => string.Join(", ", layout.Select(slot => slot.Name));
}

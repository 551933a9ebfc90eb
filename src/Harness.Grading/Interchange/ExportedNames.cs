using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>Neutral names for a model's parameters: the tensors in another order, called <c>p0, p1, …</c>.</summary>
public sealed class ExportedNames
{
    /// <summary>Names a model's tensors in a given order.</summary>
    /// <param name="layout">The model's layout.</param>
    /// <param name="order">Every name of <paramref name="layout"/> once; the i-th is exported as <c>p{i}</c>.</param>
    /// <exception cref="ArgumentException">The names are not those of the layout.</exception>
    public ExportedNames(ParameterLayout layout, IReadOnlyList<string> order)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(order);
        if (!order.Order(StringComparer.Ordinal).SequenceEqual(layout.Select(slot => slot.Name).Order(StringComparer.Ordinal)))
            throw new ArgumentException(
                $"Expected each of {string.Join(", ", layout.Select(slot => slot.Name))} once, got {string.Join(", ", order)}.", nameof(order));
        Order = [.. order];
        Layout = new ParameterLayout(order.Select((name, i) => ($"p{i}", layout[name].ShapeArray())));
        var source = order.SelectMany(name => Enumerable.Range(0, (int)layout[name].Length).Select(entry => layout[name].Offset + entry)).ToArray();
        Map = new MonomialMap(source, [.. source.Select(_ => 1.0)]);
    }

    /// <summary>Names the tensors in a random order.</summary>
    public static ExportedNames Draw(ParameterLayout layout, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(random);
        return new ExportedNames(layout, [.. random.Permutation(layout.Count).Select(i => layout[i].Name)]);
    }

    /// <summary>The model's names, in exported order.</summary>
    public IReadOnlyList<string> Order { get; }

    /// <summary>The exported layout.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>From the model's flat vectors to the exported ones.</summary>
    public MonomialMap Map { get; }
}

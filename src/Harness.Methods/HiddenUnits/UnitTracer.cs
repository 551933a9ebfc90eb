using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>Carries labels through a network, operation by operation; see <see cref="HiddenUnits"/>.</summary>
internal sealed class UnitTracer
{
    private readonly Network _network;
    private readonly Dictionary<string, Labels> _values = new(StringComparer.Ordinal);
    private readonly UnitTable _units = new();

    internal UnitTracer(Network network, long[] sampleShape)
    {
        _network = network;
        _values[network.Input] = Labels.Unknown(sampleShape);
        foreach (var slot in network.Layout)
            _values[slot.Name] = new Labels(arange(slot.Offset, slot.End, 1, dtype: ScalarType.Int64).reshape(slot.ShapeArray()), ValueKind.Parameter);
        foreach (var (name, constant) in network.Constants)
            _values[name] = Labels.Unknown(constant.shape, ValueKind.Constant);
    }

    internal IReadOnlyList<HiddenUnit> Trace()
    {
        foreach (var operation in _network.Operations)
            _values[operation.Output] = Follow(operation, _values[operation.Inputs[0]]);
        _units.Disqualify(_values[_network.Output]);
        return _units.Hidden();
    }

    private Labels Follow(Operation operation, Labels x) => operation switch
    {
        LinearOperation linear => Linear(x.AsActivation(), linear),
        Conv2dOperation convolution => Convolve(x.AsActivation(), convolution),
        EmbeddingOperation embedding => Embed(x, embedding),
        MatmulOperation => Multiply(x, _values[operation.Inputs[1]], operation.Output),
        AddOperation or MultiplyOperation => Merge(x, _values[operation.Inputs[1]]),
        ReluOperation or GeluOperation or SiluOperation or SquareOperation => x.AsActivation(),
        ScaleOperation => x,
        FlattenOperation flatten => x.Changed(entries => entries.flatten(flatten.StartDimension, -1)),
        ReshapeOperation reshape => x.Changed(entries => entries.reshape([.. reshape.NewShape])),
        TransposeOperation transpose => x.Changed(entries => entries.transpose(transpose.First, transpose.Second)),
        SliceOperation slice => x.Changed(entries => entries.slice(slice.Dimension, slice.Start, slice.End, slice.Step)),
        ConcatOperation concat => Concatenate([.. operation.Inputs.Select(name => _values[name])], concat.Dimension),
        MaxPool2dOperation pool => Pool(x.AsActivation(), pool.Kernel, pool.Stride ?? pool.Kernel),
        SumOperation sum => Sum(x.AsActivation(), sum.Dimension, sum.KeepDimension),
        OneHotOperation oneHot => Opaque([.. x.Shape, oneHot.Classes], x),
        _ => Opaque(x.Shape, x),
    };

    private Labels Linear(Labels x, LinearOperation linear)
    {
        var weight = _values[linear.Weight];
        Read(x, -1, weight, column => weight.Entries.select(1, column));
        return Create(linear.Output, weight, 0, linear.Bias, [.. x.Shape[..^1], weight.Shape[0]], -1);
    }

    private Labels Convolve(Labels x, Conv2dOperation convolution)
    {
        var weight = _values[convolution.Weight];
        var (outputs, inputsPerGroup) = (weight.Shape[0], weight.Shape[1]);
        var outputsPerGroup = outputs / convolution.Groups;
        Read(x, 1, weight, channel => weight.Entries
            .narrow(0, channel / inputsPerGroup * outputsPerGroup, outputsPerGroup).select(1, channel % inputsPerGroup));
        var side = (int dimension) => (x.Shape[dimension] + 2 * convolution.Padding - weight.Shape[dimension]) / convolution.Stride + 1;
        return Create(convolution.Output, weight, 0, convolution.Bias, [x.Shape[0], outputs, side(2), side(3)], 1);
    }

    private Labels Embed(Labels indices, EmbeddingOperation embedding)
    {
        var table = _values[embedding.Weight];
        return Create(embedding.Output, table, 1, null, [.. indices.Shape, table.Shape[1]], -1);
    }

    private Labels Multiply(Labels left, Labels right, string output)
    {
        long[] shape = [.. left.Shape[..^1], right.Shape[^1]];
        if (right.Kind == ValueKind.Parameter && left.Kind == ValueKind.Activation && right.Shape.Length == 3
            && left.Shape.Length >= 3 && left.Shape[^3] == right.Shape[0])
            return MultiplyGroups(left, right, output);
        if (right.Kind != ValueKind.Parameter || left.Kind != ValueKind.Activation || right.Shape.Length != 2)
            return Opaque(shape, left, right);
        Read(left, -1, right, row => right.Entries.select(0, row));
        return Create(output, right, 1, null, shape, -1);
    }

    /// <summary>Groups of units side by side, <c>[..., g, a, b] · [g, b, c]</c>: every group is read and written by a matrix of its own.</summary>
    private Labels MultiplyGroups(Labels left, Labels right, string output)
    {
        var (groups, count) = (right.Shape[0], right.Shape[2]);
        var first = _units.Create(output, groups * count);
        for (var group = 0L; group < groups; group++)
        {
            var matrix = right.Entries.select(0, group);
            for (var row = 0L; row < right.Shape[1]; row++)
                _units.AddOutgoing(left.Entries.select(-3, group).select(-1, row), matrix.select(0, row));
            for (var column = 0L; column < count; column++)
                _units.AddIncoming((int)(first + group * count + column), matrix.select(1, column));
        }
        var numbers = arange(first, first + groups * count, 1, dtype: ScalarType.Int64).reshape(groups, 1, count);
        return new Labels(numbers.expand([.. left.Shape[..^1], count]), ValueKind.Activation);
    }

    /// <summary>
    /// Entry by entry: activations become one unit each, a parameter is an incoming weight of the unit it meets, a constant changes nothing.
    /// </summary>
    private Labels Merge(Labels left, Labels right)
    {
        var (a, b) = (left.Entries + zeros_like(right.Entries), zeros_like(left.Entries) + right.Entries);
        switch (left.Kind, right.Kind)
        {
            case (ValueKind.Parameter, ValueKind.Parameter):
                return Labels.Unknown(a.shape);
            case (ValueKind.Constant, not ValueKind.Activation):
                return new Labels(b, right.Kind);
            case (ValueKind.Parameter, ValueKind.Constant):
                return new Labels(a, left.Kind);
            case (ValueKind.Parameter, _):
                _units.AddIncoming(b, a);
                return new Labels(b, ValueKind.Activation);
            case (_, ValueKind.Parameter):
                _units.AddIncoming(a, b);
                return new Labels(a, ValueKind.Activation);
            default:
                _units.Join(a, b);
                return new Labels(maximum(a, b), ValueKind.Activation);
        }
    }

    private static Labels Concatenate(Labels[] parts, long dimension)
    {
        var kind = parts.All(part => part.Kind == parts[0].Kind) ? parts[0].Kind : ValueKind.Activation;
        var entries = parts.Select(part => (kind == part.Kind ? part : part.AsActivation()).Entries);
        return new Labels(cat([.. entries], dimension), kind);
    }

    /// <summary>Each window must lie within one unit, as it does for the channels of a convolution.</summary>
    private Labels Pool(Labels x, long kernel, long stride)
    {
        var greatest = Pooled(x.Entries);
        return greatest.eq(Pooled(x.Entries.neg()).neg()).all().item<bool>() ? new Labels(greatest, x.Kind) : Opaque(greatest.shape, x);

        Tensor Pooled(Tensor entries) => nn.functional.max_pool2d(entries.to(float64), [kernel, kernel], [stride, stride]).to(ScalarType.Int64);
    }

    /// <summary>The entries summed must be of one unit, as they are for a unit that is present at every position.</summary>
    private Labels Sum(Labels x, long dimension, bool keep)
    {
        var greatest = x.Entries.max(dimension, keep).values;
        return greatest.eq(x.Entries.neg().max(dimension, keep).values.neg()).all().item<bool>()
            ? new Labels(greatest, x.Kind)
            : Opaque(greatest.shape, x);
    }

    /// <summary>A value of which nothing is known; what it mixes is no unit.</summary>
    private Labels Opaque(long[] shape, params Labels[] inputs)
    {
        foreach (var input in inputs)
            _units.Disqualify(input);
        return Labels.Unknown(shape);
    }

    /// <summary>
    /// Feature after feature, the units of <paramref name="x"/> are read by entries of a weight. Fixed weights cannot be taken away from them.
    /// </summary>
    private void Read(Labels x, int features, Labels weight, Func<long, Tensor> entries)
    {
        if (weight.Kind != ValueKind.Parameter)
            _units.Disqualify(x);
        else
            for (var feature = 0L; feature < x.Shape[features < 0 ? x.Shape.Length + features : features]; feature++)
                _units.AddOutgoing(x.Entries.select(features, feature), entries(feature));
    }

    /// <summary>New units along one dimension of a value: one for each index of the weight's dimension <paramref name="rows"/>.</summary>
    private Labels Create(string output, Labels weight, int rows, string? bias, long[] shape, int features)
    {
        var count = weight.Shape[rows];
        var first = _units.Create(output, count);
        var numbers = arange(first, first + count, 1, dtype: ScalarType.Int64);
        for (var i = 0; i < count; i++)
            if (weight.Kind == ValueKind.Parameter)
                _units.AddIncoming(first + i, weight.Entries.select(rows, i));
        if (bias is not null && _values[bias].Kind == ValueKind.Parameter)
            _units.AddIncoming(numbers, _values[bias].Entries);
        var aligned = Enumerable.Repeat(1L, shape.Length).ToArray();
        aligned[features < 0 ? shape.Length + features : features] = count;
        return new Labels(numbers.reshape(aligned).expand(shape), ValueKind.Activation);
    }
}

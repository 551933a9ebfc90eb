using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// One argument of an operator as C# sees it. The conversions let calls read like the schema:
/// <c>Aten.Call("narrow", tensor, dimension, start, length)</c>. <c>default</c> stands for the schema's default value.
/// </summary>
internal readonly struct Argument
{
    private Argument(ValueKind kind, object? reference = null, long integer = 0, double real = 0, int count = 0) =>
        (Kind, Reference, Integer, Real, Count) = (kind, reference, integer, real, count);

    internal ValueKind Kind { get; }
    internal object? Reference { get; }
    internal long Integer { get; }
    internal double Real { get; }
    internal int Count { get; }

    internal static Argument None => new(ValueKind.None);

    /// <summary>A list; null entries are absent tensors, which only index lists permit.</summary>
    internal static Argument List(IEnumerable<Tensor?> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var items = tensors as Tensor?[] ?? tensors.ToArray();
        return new(ValueKind.Tensors, items, count: items.Length);
    }

    internal static Argument List(ReadOnlySpan<long> items) => items.ToArray();

    public static implicit operator Argument(Tensor? tensor) =>
        tensor is null ? None : new(ValueKind.Tensor, tensor.TensorHandle);
    public static implicit operator Argument(long value) => new(ValueKind.Integer, integer: value);
    public static implicit operator Argument(long? value) => value is { } number ? number : None;
    public static implicit operator Argument(double value) => new(ValueKind.Real, real: value);
    public static implicit operator Argument(double? value) => value is { } number ? number : None;
    public static implicit operator Argument(bool value) => new(ValueKind.Boolean, integer: value ? 1 : 0);
    public static implicit operator Argument(string value) => new(ValueKind.String, value);
    public static implicit operator Argument(long[]? value) =>
        value is null ? None : new(ValueKind.Integers, value, count: value.Length);
    public static implicit operator Argument(Scalar? value) => value?.Argument ?? None;
    public static implicit operator Argument(ScalarType? value) => value is { } type ? (long)type : None;
    public static implicit operator Argument(Device? value) =>
        value is null ? None : new(ValueKind.Device, integer: (long)value.type, count: value.index);
    public static implicit operator Argument(Generator? value) =>
        value is null ? None : new(ValueKind.Generator, value.GeneratorHandle);
}

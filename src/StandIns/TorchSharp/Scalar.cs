using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number on its way to an operator: integer, real or boolean.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(Argument argument) => Argument = argument;

    internal Argument Argument { get; }

    public torch.ScalarType Type => Argument.Kind switch
    {
        ValueKind.Integer => torch.ScalarType.Int64,
        ValueKind.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    public static implicit operator Scalar(byte value) => new((long)value);
    public static implicit operator Scalar(sbyte value) => new((long)value);
    public static implicit operator Scalar(short value) => new((long)value);
    public static implicit operator Scalar(int value) => new((long)value);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(float value) => new((double)value);
    public static implicit operator Scalar(double value) => new(value);
    public static implicit operator Scalar(bool value) => new(value);

    public void Dispose() => GC.SuppressFinalize(this);

    internal double ToDoubleCore() => Argument.Kind == ValueKind.Real ? Argument.Real : Argument.Integer;

    internal long ToInt64Core() => Argument.Kind == ValueKind.Real ? (long)Argument.Real : Argument.Integer;
}

using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

public sealed partial class SafetensorsFile
{
    /// <summary>
    /// Loads a named tensor into memory of its own, on the CPU, in the caller's dispose scope. F64, F32, the integers and truth values
    /// keep their type; F16 and BF16 become float32, which holds each of their values exactly.
    /// </summary>
    /// <exception cref="SafetensorsException">As <see cref="ReadBytes"/>; or a truth value is neither 0 nor 1.</exception>
    public Tensor Load(string name)
    {
        var entry = Entry(name);
        var bytes = ReadBytes(name);
        using var scope = NewDisposeScope();
        var flat = entry.ByteLength == 0 ? zeros([0L], TorchType(entry.Type)) : Flat(entry, bytes);
        return flat.reshape([.. entry.Shape]).MoveToOuterDisposeScope();
    }

    private static ScalarType TorchType(SafetensorsType type) => type switch
    {
        SafetensorsType.F64 => ScalarType.Float64,
        SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16 => ScalarType.Float32,
        SafetensorsType.I64 => ScalarType.Int64,
        SafetensorsType.I32 => ScalarType.Int32,
        SafetensorsType.I16 => ScalarType.Int16,
        SafetensorsType.I8 => ScalarType.Int8,
        SafetensorsType.U8 => ScalarType.Byte,
        _ => ScalarType.Bool,
    };

    private Tensor Flat(SafetensorsEntry entry, byte[] bytes) => entry.Type switch
    {
        SafetensorsType.F64 => tensor(As<double>(bytes)),
        SafetensorsType.F32 => tensor(As<float>(bytes)),
        SafetensorsType.F16 => tensor(Array.ConvertAll(As<Half>(bytes), half => (float)half)),
        SafetensorsType.BF16 => tensor(Array.ConvertAll(As<ushort>(bytes), FromBrainFloat)),
        SafetensorsType.I64 => tensor(As<long>(bytes)),
        SafetensorsType.I32 => tensor(As<int>(bytes)),
        SafetensorsType.I16 => tensor(Array.ConvertAll(As<short>(bytes), value => (int)value)).to(ScalarType.Int16),
        SafetensorsType.I8 => tensor(Array.ConvertAll(As<sbyte>(bytes), value => (int)value)).to(ScalarType.Int8),
        SafetensorsType.U8 => tensor(bytes),
        _ => tensor(Booleans(entry, bytes)),
    };

    private static T[] As<T>(byte[] bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes).ToArray();

    private bool[] Booleans(SafetensorsEntry entry, byte[] bytes)
    {
        var wrong = bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1);
        return wrong < 0
            ? Array.ConvertAll(bytes, value => value == 1)
            : throw new SafetensorsException(
                SafetensorsViolation.InvalidBoolean, Path, entry.Name, _bufferStart + entry.Begin + wrong, $"truth value {bytes[wrong]}; expected 0 or 1");
    }
}

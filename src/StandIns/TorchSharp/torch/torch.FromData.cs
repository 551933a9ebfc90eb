using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Tensors from .NET data. They always copy: the tensor owns its memory.</summary>
public static partial class torch
{
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>([scalar], [], dtype, device, requires_grad);
    public static Tensor tensor(float scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<float>([scalar], [], dtype, device, requires_grad);
    public static Tensor tensor(long scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>([scalar], [], null, device, requires_grad);
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>([scalar], [], null, device, requires_grad);
    public static Tensor tensor(bool scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>([scalar], [], null, device, requires_grad);

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false,
        string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        return rawArray switch
        {
            double[] or double[,] or double[,,] or double[,,,] => FromArray<double>(rawArray, dtype, device, requires_grad),
            float[] or float[,] or float[,,] or float[,,,] => FromArray<float>(rawArray, dtype, device, requires_grad),
            long[] or long[,] or long[,,] or long[,,,] => FromArray<long>(rawArray, dtype, device, requires_grad),
            int[] or int[,] or int[,,] or int[,,,] => FromArray<int>(rawArray, dtype, device, requires_grad),
            byte[] or byte[,] or byte[,,] or byte[,,,] => FromArray<byte>(rawArray, dtype, device, requires_grad),
            bool[] or bool[,] or bool[,,] or bool[,,,] => FromArray<bool>(rawArray, dtype, device, requires_grad),
            _ => throw new ArgumentException($"an array of type {rawArray.GetType().Name} cannot become a tensor",
                nameof(rawArray)),
        };
    }

    private static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        var shape = new long[array.Rank];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = array.GetLongLength(i);
        var data = array.Length == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)),
                array.Length);
        return FromSpan(data, shape, dtype, device, requiresGrad);
    }

    private static Tensor FromList<T>(IList<T> list, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(list);
        return FromSpan<T>(list as T[] ?? [.. list], [list.Count], dtype, device, requiresGrad);
    }

    private static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device,
        bool requiresGrad)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var size in shape)
            count = checked(count * size);
        if (count != data.Length)
            throw new ArgumentException($"the shape has {count} elements, the array {data.Length}");
        var result = Aten.Call("empty.memory_format", Argument.List(shape), ElementType<T>(), default, CPU);
        data.CopyTo(new Span<T>(result.DataPointer(), data.Length));
        if ((dtype is { } wanted && wanted != result.dtype) || (device is not null && device.type != DeviceType.CPU))
        {
            using var source = result;
            result = source.to(dtype ?? source.dtype, device ?? CPU);
        }
        return result.Marked(requiresGrad);
    }

    private static ScalarType ElementType<T>() where T : unmanaged => default(T) switch
    {
        double => ScalarType.Float64,
        float => ScalarType.Float32,
        long => ScalarType.Int64,
        int => ScalarType.Int32,
        short => ScalarType.Int16,
        sbyte => ScalarType.Int8,
        byte => ScalarType.Byte,
        bool => ScalarType.Bool,
        _ => throw new ArgumentException($"elements of type {typeof(T).Name} cannot become a tensor"),
    };
}

using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor in row-major order, whatever its strides. Keeps the tensor's memory alive.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly unsafe T* _data;

    internal unsafe TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _data = (T*)tensor.DataPointer();
    }

    public long Count => _tensor.numel();

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            var offset = Offset(indices);
            unsafe
            {
                return _data[offset];
            }
        }
        set
        {
            var offset = Offset(indices);
            unsafe
            {
                _data[offset] = value;
            }
        }
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>
    /// Fills the span from <paramref name="arrayIndex"/> on until the span is full or the elements are used up.
    /// </summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_tensor.is_contiguous())
        {
            unsafe
            {
                new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(target);
            }
            return;
        }
        var next = 0;
        foreach (var value in Values(tensorIndex, count))
            target[next++] = value;
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        for (var i = 0; i < count; i++)
        {
            var offset = LinearOffset(tensorIndex + i);
            unsafe
            {
                _data[offset] = source[i];
            }
        }
    }

    public IEnumerator<T> GetEnumerator() => Values(0, Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => GC.SuppressFinalize(this);

    private IEnumerable<T> Values(long start, long count)
    {
        for (var i = start; i < start + count; i++)
            yield return At(LinearOffset(i));
    }

    private unsafe T At(long offset) => _data[offset];

    private long Offset(long[] indices)
    {
        // A disposed tensor's memory may be gone; numel() throws then.
        var count = Count;
        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < count
                ? LinearOffset(indices[0])
                : throw new IndexOutOfRangeException($"{indices[0]} in a collection of {count} elements");
        }
        if (indices.Length != _shape.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {_shape.Length} dimensions", nameof(indices));
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i])
                throw new IndexOutOfRangeException($"{indices[i]} >= {_shape[i]} in dimension {i}.");
            offset += indices[i] * _strides[i];
        }
        return offset;
    }

    private long LinearOffset(long index)
    {
        var offset = 0L;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            (index, var position) = Math.DivRem(index, _shape[i]);
            offset += position * _strides[i];
        }
        return offset;
    }
}

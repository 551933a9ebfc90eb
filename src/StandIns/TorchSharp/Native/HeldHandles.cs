using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>
/// Keeps handles alive for the length of one native call, so that neither another thread's Dispose nor the garbage collector
/// frees them in between.
/// </summary>
internal ref struct HeldHandles(Span<SafeHandle?> storage)
{
    private readonly Span<SafeHandle?> _storage = storage;
    private int _count;

    internal nint Add(SafeHandle handle)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        _storage[_count++] = handle;
        return handle.DangerousGetHandle();
    }

    internal nint Add(torch.Tensor? tensor) => tensor is null ? 0 : Add(tensor.TensorHandle);

    internal void Release()
    {
        while (_count > 0)
            _storage[--_count]!.DangerousRelease();
    }
}

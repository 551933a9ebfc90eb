using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Owns one native reference to a tensor; the garbage collector frees what nobody disposed.</summary>
internal sealed class TensorHandle : SafeHandle
{
    private static long s_live;
    private static long s_peak;

    internal TensorHandle(nint tensor) : base(0, ownsHandle: true)
    {
        SetHandle(tensor);
        if (tensor == 0)
            return;
        var live = Interlocked.Increment(ref s_live);
        for (var peak = Volatile.Read(ref s_peak); live > peak; peak = Volatile.Read(ref s_peak))
            Interlocked.CompareExchange(ref s_peak, live, peak);
    }

    /// <summary>References not yet freed, in the whole process.</summary>
    internal static long Live => Volatile.Read(ref s_live);

    internal static long Peak => Volatile.Read(ref s_peak);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.harness_tensor_free(handle);
        Interlocked.Decrement(ref s_live);
        return true;
    }
}

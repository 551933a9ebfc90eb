using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Sets the calling thread's grad mode until disposed.</summary>
public sealed class AutoGradMode : IDisposable
{
    private readonly bool _previous;

    public AutoGradMode(bool enabled)
    {
        _previous = IsEnabled;
        NativeMethods.harness_set_grad_mode(enabled ? 1 : 0);
    }

    internal static bool IsEnabled => NativeMethods.harness_grad_mode() != 0;

    public void Dispose() => NativeMethods.harness_set_grad_mode(_previous ? 1 : 0);
}

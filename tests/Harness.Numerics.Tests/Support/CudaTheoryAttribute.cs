using TorchSharp;

namespace Harness.Numerics.Tests;

/// <summary>A theory that needs a CUDA device; where libtorch sees none it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaTheoryAttribute : TheoryAttribute
{
    public CudaTheoryAttribute()
    {
        if (!torch.cuda.is_available())
            Skip = "This libtorch sees no CUDA device; run on a machine with one, and a CUDA build of libtorch.";
    }
}

using TorchSharp;
using TorchSharp.StandIn;

namespace Harness.StandIns.Tests.TorchSharpTests;

public class NativeInfoTests
{
    /// <summary>Rejects a build that lets the reference BLAS serve: Hessian products would be 3 to 13 times slower.</summary>
    [Fact]
    public void A_tuned_BLAS_serves()
    {
        Assert.False(NativeInfo.IsReferenceBlas,
            $"matrix products come from {NativeInfo.BlasLibrary}; install libopenblas0-openmp");
        Assert.True(File.Exists(NativeInfo.BlasLibrary), NativeInfo.BlasLibrary);
    }

    [Fact]
    public void Library_and_version_are_known()
    {
        Assert.True(File.Exists(NativeInfo.ShimPath), NativeInfo.ShimPath);
        Assert.Matches(@"^\d+\.\d+\.\d+", NativeInfo.LibtorchVersion);
    }
}

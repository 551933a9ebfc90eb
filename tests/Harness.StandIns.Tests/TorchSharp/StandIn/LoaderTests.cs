using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>
/// What happens when native parts are missing. A second copy of the assembly is loaded, because a process finds its shim only
/// once.
/// </summary>
[Collection(nameof(WholeProcess))]
public class LoaderTests
{
    /// <summary>Rejects the bare "unable to load shared library": the message must say what to do.</summary>
    [Fact]
    public void A_missing_shim_names_the_setup()
    {
        var exception = Assert.Throws<DllNotFoundException>(() => FirstCall("HARNESS_SHIM", "/nowhere/libharness_torch.so"));
        Assert.Equal("HARNESS_SHIM names '/nowhere/libharness_torch.so', which does not exist; run `./harness setup` or unset it", exception.Message);
    }

    /// <summary>Rejects a silent fall back to the system's libtorch when another one was asked for.</summary>
    [Fact]
    public void A_missing_libtorch_is_named()
    {
        var exception = Assert.Throws<DllNotFoundException>(() => FirstCall("HARNESS_LIBTORCH", "/nowhere"));
        Assert.Equal("HARNESS_LIBTORCH is '/nowhere', but '/nowhere/lib' holds no libtorch_cpu.so", exception.Message);
    }

    [Fact]
    public void A_named_shim_is_loaded() =>
        Assert.Equal(torch.get_num_threads(), FirstCall("HARNESS_SHIM", TorchSharp.StandIn.NativeInfo.ShimPath));

    /// <summary>The first native call of a fresh copy of the assembly: its number of threads.</summary>
    private static int FirstCall(string variable, string value)
    {
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            var copy = new AssemblyLoadContext(variable).LoadFromAssemblyPath(typeof(torch).Assembly.Location);
            return (int)copy.GetType("TorchSharp.torch")!.GetMethod("get_num_threads")!.Invoke(null,
                BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}

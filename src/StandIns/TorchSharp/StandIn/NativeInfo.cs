using TorchSharp.Native;

namespace TorchSharp.StandIn;

/// <summary>What serves the stand-in at run time. The genuine package has no such class: only the doctor reads it, by reflection.</summary>
public static class NativeInfo
{
    /// <summary>Version of the libtorch that the shim was compiled against.</summary>
    public static unsafe string LibtorchVersion => NativeMethods.Text(NativeMethods.harness_libtorch_version());

    /// <summary>The shim's file.</summary>
    public static string ShimPath
    {
        get
        {
            _ = LibtorchVersion;
            return ShimLoader.LoadedFrom ?? "";
        }
    }

    /// <summary>The file in which matrix products are found; empty when there is none.</summary>
    public static unsafe string BlasLibrary => NativeMethods.Text(NativeMethods.harness_blas_library());

    /// <summary>OpenBLAS's description of its build and kernel; empty when another BLAS serves.</summary>
    public static unsafe string OpenBlasConfiguration => NativeMethods.Text(NativeMethods.harness_openblas_config());

    /// <summary>True when the slow reference BLAS serves: no tuned library is known by that file.</summary>
    public static bool IsReferenceBlas =>
        OpenBlasConfiguration.Length == 0 && Path.GetFileName(BlasLibrary).StartsWith("libblas", StringComparison.Ordinal);
}

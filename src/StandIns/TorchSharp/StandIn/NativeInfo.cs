using TorchSharp.Native;

namespace TorchSharp.StandIn;

/// <summary>
/// What serves the stand-in at run time. The genuine package has no such class: only the doctor reads it, by reflection.
/// </summary>
public static class NativeInfo
{
    private static readonly string[] s_tuned = ["openblas", "mkl", "blis", "atlas"];

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

    /// <summary>
    /// True when the slow reference BLAS serves: the products' library is called libblas and lies, its links followed, in no
    /// folder of a tuned one (Debian: openblas-openmp/libblas.so.3 against blas/libblas.so.3).
    /// </summary>
    public static bool IsReferenceBlas
    {
        get
        {
            var file = new FileInfo(BlasLibrary is { Length: > 0 } name ? name : "none");
            var real = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
            return Path.GetFileName(real).StartsWith("libblas", StringComparison.Ordinal)
                && !s_tuned.Any(tuned => real.Contains(tuned, StringComparison.OrdinalIgnoreCase));
        }
    }
}

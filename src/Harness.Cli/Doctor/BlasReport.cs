using System.Runtime.InteropServices;

namespace Harness.Cli;

/// <summary>The library that multiplies libtorch's matrices.</summary>
/// <param name="Name"><c>OpenBLAS</c>, <c>MKL</c>, <c>BLIS</c>, <c>ATLAS</c>, <c>reference</c>, <c>inside libtorch</c>, or the file's name.</param>
/// <param name="Path">The file that holds <c>dgemm_</c>; null when it is inside libtorch.</param>
/// <param name="Configuration">What OpenBLAS says of its version and kernel; null for others.</param>
public sealed record BlasReport(string Name, string? Path, string? Configuration)
{
    /// <summary>Whether it is the unoptimised reference implementation: correct, and several times too slow.</summary>
    public bool IsReference => Name == "reference";

    /// <summary>
    /// Asks the dynamic linker, by its own rule: a symbol is bound to the first library of the global scope that has it, else to the first
    /// among libtorch and its dependencies. So a reference BLAS that is loaded but overruled is not reported.
    /// </summary>
    internal static BlasReport Find(MemoryMap map, string libtorch)
    {
        if (Symbol("dgemm_", libtorch) is not { } gemm)
            return Named(null, libtorch);
        var blas = Named(map.FileAt(gemm), libtorch);
        return blas is { Name: "OpenBLAS", Path: { } file } && Symbol("openblas_get_config", file) is { } config
            ? blas with { Configuration = Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<GetText>(config)())?.Trim() }
            : blas;
    }

    /// <summary>Names the library after the file that holds <c>dgemm_</c>.</summary>
    internal static BlasReport Named(string? path, string libtorch)
    {
        // Builds of libtorch for download link MKL into themselves.
        if (path is null || path == libtorch)
            return new BlasReport("inside libtorch", null, null);
        var text = path.ToLowerInvariant();
        var file = System.IO.Path.GetFileName(text);
        var name = text.Contains("openblas") ? "OpenBLAS"
            : file.Contains("mkl") ? "MKL"
            : text.Contains("blis") ? "BLIS"
            : text.Contains("atlas") ? "ATLAS"
            : file.StartsWith("libblas", StringComparison.Ordinal) || file.StartsWith("librefblas", StringComparison.Ordinal) ? "reference"
            : file;
        return new BlasReport(name, path, null);
    }

    private static nint? Symbol(string name, string library)
    {
        if (NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out var address))
            return address;
        return NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, name, out address) ? address : null;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint GetText();
}

using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Finds the shim and the libtorch it was built against.</summary>
internal static partial class ShimLoader
{
    private const string FileName = "libharness_torch.so";
    private const int LoadNow = 2;
    private const int LoadGlobal = 0x100;

    /// <summary>The shim's file once it has been loaded.</summary>
    internal static string? LoadedFrom { get; private set; }

    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(ShimLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != NativeMethods.Library)
            return 0;
        var file = ShimFile(assembly);
        LoadLibtorch();
        var library = NativeLibrary.Load(file);
        LoadedFrom = file;
        return library;
    }

    private static string ShimFile(Assembly assembly)
    {
        if (Environment.GetEnvironmentVariable("HARNESS_SHIM") is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new DllNotFoundException(
                    $"HARNESS_SHIM names '{named}', which does not exist; run `./harness setup` or unset it");
        }
        // A single-file program has no assembly location; its files lie in the base directory.
        foreach (var folder in new[] { Path.GetDirectoryName(assembly.Location), AppContext.BaseDirectory })
        {
            if (folder is { Length: > 0 } && Path.Combine(folder, FileName) is var file && File.Exists(file))
                return file;
        }
        throw new DllNotFoundException(
            $"the bridge to libtorch, {FileName}, does not lie beside the program in '{AppContext.BaseDirectory}'; " +
            "run `./harness setup`, which builds it, then build again (or name the file in HARNESS_SHIM)");
    }

    /// <summary>
    /// A libtorch named by HARNESS_LIBTORCH is loaded first and by absolute path, so that the shim's own references find it. For
    /// the system's libtorch OpenBLAS is made global beforehand: Debian's default is the reference BLAS, 3 to 13 times slower.
    /// </summary>
    private static void LoadLibtorch()
    {
        if (Environment.GetEnvironmentVariable("HARNESS_LIBTORCH") is not { Length: > 0 } folder)
        {
            // Debian 13's libtorch brings UCX, whose handler for SIGSEGV would end the process where .NET throws
            // NullReferenceException.
            _ = SetVariable("UCX_ERROR_SIGNALS", "", 0);
            _ = Open("libopenblas.so.0", LoadNow | LoadGlobal);
            return;
        }
        var libraries = Path.Combine(Path.GetFullPath(folder), "lib");
        if (!File.Exists(Path.Combine(libraries, "libtorch_cpu.so")))
            throw new DllNotFoundException($"HARNESS_LIBTORCH is '{folder}', but '{libraries}' holds no libtorch_cpu.so");
        foreach (var name in new[] { "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch" })
        {
            if (Path.Combine(libraries, $"lib{name}.so") is var file && File.Exists(file))
                NativeLibrary.Load(file);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string file, int flags);

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}

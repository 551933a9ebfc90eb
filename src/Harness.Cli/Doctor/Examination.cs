using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>Finds out what this process computes with. It asks the process, not the packages: so it is true of any package set.</summary>
internal static class Examination
{
    public static Diagnosis Run(int threads, IProgress<double> progress, CancellationToken cancellation)
    {
        List<string> faults = [], warnings = [], devices = [];
        List<GemmPeak> gemm = [];
        try
        {
            torch.set_num_threads(threads);
            devices.AddRange(["cpu", .. Enumerable.Range(0, cuda.is_available() ? cuda.device_count() : 0).Select(i => $"cuda:{i}")]);
            foreach (var device in devices)
            {
                gemm.Add(GemmPeak.Measure(device, ScalarType.Float64, cancellation));
                gemm.Add(GemmPeak.Measure(device, ScalarType.Float32, cancellation));
                progress.Report((double)gemm.Count / (2 * devices.Count));
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The type initialiser's own message says nothing; the cause is inside.
            faults.Add($"libtorch does not work: {failure.GetBaseException().Message.Split('\n')[0]} (./harness setup --check says what is missing)");
        }

        var map = MemoryMap.Read();
        var libtorch = LibtorchReport.Find(map);
        var blas = libtorch is null ? null : BlasReport.Find(map, libtorch.Path);
        faults.AddRange(Faults(blas, gemm));
        if (libtorch is { Version: null })
            warnings.Add($"the version of libtorch is not written beside {libtorch.Path}");
        if (threads > Environment.ProcessorCount)
            warnings.Add($"{threads} threads on {Environment.ProcessorCount} processors");

        return new Diagnosis
        {
            Tool = VersionOf(typeof(HarnessCli)),
            PackageSet = PackageSet(),
            TorchSharp = VersionOf(typeof(torch)),
            Libtorch = libtorch,
            Blas = blas,
            Threads = threads,
            Processors = Environment.ProcessorCount,
            Devices = devices,
            Gemm = gemm,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Dotnet = Environment.Version.ToString(),
            Faults = faults,
            Warnings = warnings,
        };
    }

    /// <summary>What is wrong with the arithmetic: its library, or its results.</summary>
    internal static IEnumerable<string> Faults(BlasReport? blas, IEnumerable<GemmPeak> gemm)
    {
        if (blas is { IsReference: true })
            yield return $"libtorch multiplies with the reference BLAS ({blas.Path}), 3 to 13 times slower than need be; install "
                + "libopenblas0-openmp (./harness setup does) and let `update-alternatives --config libblas.so.3-$(gcc -dumpmachine)` choose it";
        foreach (var wrong in gemm.Where(peak => !peak.IsCorrect))
            yield return $"a {wrong.Dtype} matrix product on {wrong.Device} is wrong: ones[{wrong.Size}, {wrong.Size}] squared is not {wrong.Size}";
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string PackageSet() => typeof(HarnessCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "PackageSet")?.Value ?? "unknown";
}

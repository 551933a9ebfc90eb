using System.Reflection;
using System.Runtime.InteropServices;
using Harness.Grading;

namespace Harness.Cli;

/// <summary>The first line of a run record: which build ran, where, and as what.</summary>
internal static class RunHeader
{
    public static HeaderLine Of(IReadOnlyList<string> command, SuiteDescription suite, ComputeSettings settings)
    {
        var map = MemoryMap.Read();
        var libtorch = LibtorchReport.Find(map);
        var blas = libtorch is null ? null : BlasReport.Find(map, libtorch.Path);
        var environment = new EnvironmentDescription(
            $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} processors",
            RuntimeInformation.OSDescription, settings.Device, settings.Dtype, settings.Threads,
            blas is null ? null : string.Join(", ", new[] { blas.Name, blas.Configuration }.OfType<string>()), libtorch?.Version, Metadata("PackageSet"));
        return new HeaderLine(RunJson.Schema, Tool(), environment, command, suite, [.. settings.Seeds], DateTimeOffset.UtcNow);
    }

    /// <summary>The version as built: <c>0.1.0+commit</c>, and whether the sources differed from that commit.</summary>
    public static ToolDescription Tool()
    {
        var parts = typeof(RunHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);
        return new ToolDescription(
            parts[0], parts.Length > 1 ? parts[1] : null, bool.TryParse(Metadata("SourcesDirty"), out var dirty) ? dirty : null);
    }

    private static string? Metadata(string key) => typeof(RunHeader).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}

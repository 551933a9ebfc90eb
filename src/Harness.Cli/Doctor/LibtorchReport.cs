using System.Text.Json;
using System.Text.RegularExpressions;

namespace Harness.Cli;

/// <summary>The libtorch that is loaded.</summary>
/// <param name="Version">E.g. <c>1.13</c>, <c>2.10.0+cpu</c>; null when nothing beside the library tells.</param>
/// <param name="Path">Its <c>libtorch_cpu</c>.</param>
/// <param name="Bridge">The library between TorchSharp and libtorch; null when it has none of the known names.</param>
public sealed partial record LibtorchReport(string? Version, string Path, string? Bridge)
{
    internal static LibtorchReport? Find(MemoryMap map) => map.Find("libtorch_cpu.so") is { } path
        ? new LibtorchReport(VersionOf(path), path, map.Find("libharness_torch.so", "libLibTorchSharp.so"))
        : null;

    /// <summary>
    /// libtorch exports no version to ask for; each way of shipping it writes it somewhere else: Debian into the file's name, the
    /// download into <c>build-version</c>, PyTorch into <c>version.py</c>, NuGet into our own <c>.deps.json</c>.
    /// </summary>
    internal static string? VersionOf(string library)
    {
        if (FileVersion().Match(library) is { Success: true } name)
            return name.Groups[1].Value;
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(library)) ?? "/";
        if (Text(System.IO.Path.Combine(folder, "build-version")) is { } download)
            return download.Trim();
        if (Text(System.IO.Path.Combine(folder, "version.py")) is { } python && PythonVersion().Match(python) is { Success: true } match)
            return match.Groups[1].Value;
        return PackageVersion();
    }

    private static string? PackageVersion()
    {
        var files = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (var text in files.Select(Text).OfType<string>())
        {
            using var document = JsonDocument.Parse(text);
            foreach (var package in document.RootElement.GetProperty("libraries").EnumerateObject())
            {
                if (package.Name.StartsWith("libtorch-", StringComparison.Ordinal) && package.Name.Split('/') is [_, var version])
                    return version;
            }
        }

        return null;
    }

    private static string? Text(string file) => File.Exists(file) ? File.ReadAllText(file) : null;

    [GeneratedRegex(@"libtorch_cpu\.so\.([0-9.]+)\z")]
    private static partial Regex FileVersion();

    [GeneratedRegex(@"^__version__\s*=\s*['""]([^'""]+)['""]", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();
}

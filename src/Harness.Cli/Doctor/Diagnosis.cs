namespace Harness.Cli;

/// <summary>What <c>harness doctor --json</c> prints.</summary>
public sealed record Diagnosis
{
    /// <summary>Version and commit of this program.</summary>
    public required string Tool { get; init; }

    /// <summary>The package set that the build used: <c>nuget</c> or <c>standin</c>.</summary>
    public required string PackageSet { get; init; }

    /// <summary>Version of the TorchSharp assembly.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Null when it could not be loaded; then the reason is a fault.</summary>
    public LibtorchReport? Libtorch { get; init; }

    /// <summary>Null when libtorch could not be loaded.</summary>
    public BlasReport? Blas { get; init; }

    /// <summary>Threads of one libtorch operation, as measured with.</summary>
    public required int Threads { get; init; }

    /// <summary>Logical processors that this process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>Torch devices: <c>cpu</c>, <c>cuda:0</c>, …</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Measured matrix products, per device and number format.</summary>
    public required IReadOnlyList<GemmPeak> Gemm { get; init; }

    /// <summary>Name and version of the operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>E.g. <c>x64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Version of the .NET runtime.</summary>
    public required string Dotnet { get; init; }

    /// <summary>What makes results wrong, impossible or needlessly slow; any of them makes the exit code 1.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What one should know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

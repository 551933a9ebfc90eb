namespace Harness.Grading;

/// <summary>Where a run took place: all that may move a number in its last digits.</summary>
/// <param name="Machine">Processor architecture and model.</param>
/// <param name="Os">Operating system.</param>
/// <param name="Device">Torch device, <c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="Dtype"><c>float64</c> or <c>float32</c>.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="Blas">The BLAS that was loaded, or null where unknown.</param>
/// <param name="Libtorch">Version of libtorch, or null where unknown.</param>
/// <param name="PackageSet"><c>nuget</c> or <c>standin</c>, or null where unknown.</param>
public sealed record EnvironmentDescription(
    string Machine, string Os, string Device, string Dtype, int Threads, string? Blas, string? Libtorch, string? PackageSet);

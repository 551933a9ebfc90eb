using System.Globalization;
using Harness.Grading;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>What <see cref="ComputeOptions"/> were given.</summary>
/// <param name="ModelSeed">The seed of the plant.</param>
/// <param name="Seed">The seed of the method or the solver; the first of <see cref="Seeds"/>.</param>
/// <param name="SeedCount">How many seeds, at least 1.</param>
/// <param name="Disguise">The change of parameters; null: not given.</param>
/// <param name="Dtype"><c>float64</c> or <c>float32</c>.</param>
/// <param name="Device"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
/// <param name="Threads">Threads of one libtorch operation, at least 1.</param>
public sealed record ComputeSettings(
    ulong ModelSeed, ulong Seed, int SeedCount, CaseDisguise? Disguise, string Dtype, string Device, int Threads)
{
    /// <summary>Folder of the original MNIST files; null: digits are drawn.</summary>
    public string? Mnist { get; init; }

    /// <summary><c>Seed … Seed + SeedCount − 1</c>; wraps around at 2⁶⁴.</summary>
    public IEnumerable<ulong> Seeds => Enumerable.Range(0, SeedCount).Select(i => unchecked(Seed + (ulong)i));

    /// <summary>The one seed of a command that does its work once.</summary>
    /// <exception cref="UsageException">Several were asked for.</exception>
    public ulong SingleSeed() => SeedCount == 1
        ? Seed
        : throw new UsageException($"--seeds {SeedCount}: this command does its work once; run it with --seed for each");

    /// <summary>For a command that works on the catalogue's models as they are.</summary>
    /// <exception cref="UsageException">Other digits were asked for.</exception>
    public void RequireDrawnDigits()
    {
        if (Mnist is not null)
            throw new UsageException("--mnist: this command works on the models as they are listed; show, train, eigen and density take other digits");
    }

    /// <summary>For a command that works in the reference number format only: nothing that was asked for is ignored.</summary>
    /// <exception cref="UsageException">Another number format was asked for.</exception>
    public void RequireFloat64()
    {
        if (Dtype != "float64")
            throw new UsageException($"--dtype {Dtype}: this command works in float64 only");
    }

    /// <summary>For a command that computes on the CPU only, in the reference number format.</summary>
    /// <exception cref="UsageException">Another device or number format was asked for.</exception>
    public void RequireFloat64OnCpu()
    {
        RequireFloat64();
        if (Device != "cpu")
            throw new UsageException($"--device {Device}: this command works on the cpu only");
    }

    /// <summary>The number format as TorchSharp names it.</summary>
    public ScalarType ScalarType => Dtype == "float32" ? ScalarType.Float32 : ScalarType.Float64;

    /// <summary>Sets libtorch's threads and finds the device: the first thing that a computing command does.</summary>
    /// <returns>The device.</returns>
    /// <exception cref="UsageException">There is no such CUDA device.</exception>
    public Device Apply()
    {
        torch.set_num_threads(Threads);
        if (Device == "cpu")
            return torch.CPU;
        var index = Device.Split(':') is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
        var count = cuda.is_available() ? cuda.device_count() : 0;
        return index < count
            ? torch.device($"cuda:{index}")
            : throw new UsageException($"--device {Device}: this libtorch sees {count} CUDA devices; 'harness doctor' lists them");
    }
}

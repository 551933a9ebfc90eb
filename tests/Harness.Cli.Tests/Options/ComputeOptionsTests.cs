using System.CommandLine;

namespace Harness.Cli.Tests;

public class ComputeOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_manual() =>
        Assert.Equal(
            new ComputeSettings(0, 0, 1, null, "float64", "cpu", 1),
            Read([]));

    [Theory]
    [InlineData("--device", "gpu")]
    [InlineData("--device", "cuda:")]
    [InlineData("--device", "cpu\n")]
    [InlineData("--dtype", "float16")]
    [InlineData("--dtype", "Float64")]
    [InlineData("--seed", "-1")]
    [InlineData("--seed", "18446744073709551616")]
    [InlineData("--seeds", "0")]
    [InlineData("--threads", "1025")]
    [InlineData("--disguise", "mirror")]
    public void A_value_out_of_range_is_refused_with_the_option_and_the_value(string option, string value)
    {
        var error = Assert.Single(Parse([option, value]).Errors).Message;

        Assert.StartsWith($"{option}: expected ", error, StringComparison.Ordinal);
        Assert.EndsWith($", got '{value}'", error, StringComparison.Ordinal);
    }

    /// <summary>Rejects a sum that overflows into an exception at the largest seed.</summary>
    [Fact]
    public void Seeds_count_up_from_the_seed()
    {
        Assert.Equal([5UL, 6UL, 7UL], Read(["--seed", "5", "--seeds", "3"]).Seeds);
        Assert.Equal([ulong.MaxValue, 0UL], Read(["--seed", $"{ulong.MaxValue}", "--seeds", "2"]).Seeds);
    }

    [Fact]
    public void A_CUDA_device_that_is_not_there_is_a_usage_error()
    {
        var failure = Assert.Throws<UsageException>(() => Read(["--device", "cuda:999"]).Apply());

        Assert.StartsWith("--device cuda:999: this libtorch sees ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cpu_is_there() => Assert.Equal(TorchSharp.DeviceType.CPU, Read([]).Apply().type);

    private static ParseResult Parse(string[] args)
    {
        var command = new Command("probe");
        Options.AddTo(command);
        return command.Parse(args);
    }

    private static ComputeOptions Options { get; } = new();

    private static ComputeSettings Read(string[] args) => Options.Read(Parse(args));
}

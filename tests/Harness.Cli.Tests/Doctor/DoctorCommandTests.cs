using System.Text.Json;

namespace Harness.Cli.Tests;

/// <summary>The doctor on this machine.</summary>
public class DoctorCommandTests
{
    private static readonly CommandLine Run = CommandLine.Run("doctor", "--json");

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        Assert.Equal(JsonValueKind.Object, Run.Json().ValueKind);
        Assert.Empty(Run.Error);
    }

    [Fact]
    public void Json_has_every_field_of_the_manual() =>
        Assert.Equal(
            ["tool", "packageSet", "torchSharp", "libtorch", "blas", "threads", "processors", "devices", "gemm", "operatingSystem",
                "architecture", "dotnet", "faults", "warnings"],
            Run.Json().EnumerateObject().Select(property => property.Name));

    /// <summary>Rejects a doctor that reports what it was told instead of what is loaded.</summary>
    [Fact]
    public void The_files_that_it_names_exist()
    {
        var libtorch = Run.Json().GetProperty("libtorch");

        Assert.True(File.Exists(libtorch.GetProperty("path").GetString()));
        Assert.True(File.Exists(libtorch.GetProperty("bridge").GetString()));
        Assert.NotEqual(JsonValueKind.Null, libtorch.GetProperty("version").ValueKind);
        Assert.NotEqual("unknown", Run.Json().GetProperty("packageSet").GetString());
    }

    [Fact]
    public void The_GEMM_peak_is_measured_in_both_formats_and_the_product_is_right()
    {
        var peaks = Run.Json().GetProperty("gemm").EnumerateArray().Where(peak => peak.GetProperty("device").GetString() == "cpu").ToList();

        Assert.Equal(["float64", "float32"], peaks.Select(peak => peak.GetProperty("dtype").GetString()!));
        Assert.All(peaks, peak => Assert.True(peak.GetProperty("gigaflopsPerSecond").GetDouble() > 0));
        Assert.All(peaks, peak => Assert.True(peak.GetProperty("isCorrect").GetBoolean()));
    }

    [Fact]
    public void The_exit_code_says_whether_there_are_faults_here() =>
        Assert.Equal(Run.Json().GetProperty("faults").GetArrayLength() == 0 ? ExitCode.Pass : ExitCode.CheckFailed, Run.Code);

    /// <summary>Rejects a doctor that prints a fault and still exits 0.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_fault_is_printed_and_exits_1(bool json)
    {
        var sick = Examination.Run(1, new Progress<double>(), CancellationToken.None) with { Faults = ["[the] fault"], Warnings = ["a warning"] };
        using StringWriter output = new(), error = new();

        Assert.Equal(ExitCode.CheckFailed, DoctorCommand.Answer(sick, json, new CommandContext(output, error, CancellationToken.None)));
        Assert.Contains("[the] fault", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("a warning", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Rejects a doctor that takes the slow reference BLAS, or a wrong product, for healthy.</summary>
    [Fact]
    public void The_reference_BLAS_and_a_wrong_product_are_faults()
    {
        BlasReport good = new("OpenBLAS", "/usr/lib/libopenblas.so.0", null), slow = new("reference", "/usr/lib/libblas.so.3", null);
        GemmPeak right = new("cpu", "float64", 512, 50, true), wrong = new("cuda:0", "float32", 8192, 50, false);

        Assert.Empty(Examination.Faults(good, [right]));
        Assert.Contains("reference BLAS (/usr/lib/libblas.so.3)", Assert.Single(Examination.Faults(slow, [right])), StringComparison.Ordinal);
        Assert.Contains("float32 matrix product on cuda:0 is wrong", Assert.Single(Examination.Faults(good, [right, wrong])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_says_the_same()
    {
        var text = CommandLine.Run("doctor");

        Assert.Equal(Run.Code, text.Code);
        Assert.Contains(Run.Json().GetProperty("libtorch").GetProperty("path").GetString()!, text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text.Output);
    }
}

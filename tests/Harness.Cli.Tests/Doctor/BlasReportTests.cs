namespace Harness.Cli.Tests;

public class BlasReportTests
{
    private const string Libtorch = "/usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13.0";

    /// <summary>
    /// Rejects a doctor that goes by the file's name alone: Debian's OpenBLAS and the reference BLAS are both called libblas.so.3.
    /// </summary>
    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", "reference")]
    [InlineData("/usr/lib/libblas.so.3", "reference")]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3", "OpenBLAS")]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblasp-r0.3.21.so", "OpenBLAS")]
    [InlineData("/opt/intel/mkl/lib/libmkl_rt.so.2", "MKL")]
    [InlineData("/usr/lib/x86_64-linux-gnu/blis-openmp/libblas.so.3", "BLIS")]
    [InlineData("/usr/lib/x86_64-linux-gnu/atlas/libblas.so.3", "ATLAS")]
    [InlineData("/opt/nvpl/libnvpl_blas.so", "libnvpl_blas.so")]
    [InlineData(Libtorch, "inside libtorch")]
    [InlineData(null, "inside libtorch")]
    public void Names_the_library_by_its_whole_path(string? path, string name)
    {
        var blas = BlasReport.Named(path, Libtorch);

        Assert.Equal((name, name == "reference"), (blas.Name, blas.IsReference));
    }
}

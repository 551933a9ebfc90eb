namespace Harness.Cli.Tests;

/// <summary>The version of libtorch, wherever its packager wrote it.</summary>
public sealed class LibtorchReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("libtorch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Debian_writes_it_into_the_name() =>
        Assert.Equal("1.13.0", LibtorchReport.VersionOf("/usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13.0"));

    [Fact]
    public void The_download_has_a_file_for_it()
    {
        File.WriteAllText(Path.Combine(_folder, "build-version"), "2.10.0+cu128\n");

        Assert.Equal("2.10.0+cu128", LibtorchReport.VersionOf(Path.Combine(_folder, "lib", "libtorch_cpu.so")));
    }

    [Fact]
    public void PyTorch_has_a_module_for_it()
    {
        File.WriteAllText(Path.Combine(_folder, "version.py"), "__all__ = ['__version__']\n__version__ = '2.7.1+cpu'\ncuda = None\n");

        Assert.Equal("2.7.1+cpu", LibtorchReport.VersionOf(Path.Combine(_folder, "lib", "libtorch_cpu.so")));
    }
}

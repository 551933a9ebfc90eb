namespace Harness.Cli.Tests;

public class MemoryMapTests
{
    private static readonly MemoryMap Map = MemoryMap.Parse(
    [
        "00400000-00452000 r-xp 00000000 08:02 173521      /usr/bin/dotnet",
        "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ",
        "7f0000001000-7f0000002000 r-xp 00000000 08:02 99  /home/a user/libtorch_cpu.so.2.1",
        "7f0000002000-7f0000003000 r--p 00001000 08:02 99  /home/a user/libtorch_cpu.so.2.1",
        "7ffc0000000-7ffc0001000 r-xp 00000000 00:00 0     [vdso]",
        "not a line",
        "",
    ]);

    [Fact]
    public void Files_are_listed_once_with_the_spaces_in_their_names() =>
        Assert.Equal(["/usr/bin/dotnet", "/home/a user/libtorch_cpu.so.2.1"], Map.Files);

    /// <summary>Rejects a range that holds its end: the address after a library is the next one's.</summary>
    [Theory]
    [InlineData(0x00400000, "/usr/bin/dotnet")]
    [InlineData(0x00451fff, "/usr/bin/dotnet")]
    [InlineData(0x00452000, null)]
    [InlineData(0x7f0000002fff, "/home/a user/libtorch_cpu.so.2.1")]
    [InlineData(0x7f0000000000, null)]
    public void An_address_belongs_to_one_file(long address, string? file) => Assert.Equal(file, Map.FileAt((nint)address));

    [Fact]
    public void A_file_is_found_by_the_beginning_of_its_name()
    {
        Assert.Equal("/home/a user/libtorch_cpu.so.2.1", Map.Find("libtorch_cpu.so"));
        Assert.Null(Map.Find("torch_cpu"));
    }
}

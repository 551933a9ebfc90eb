using System.IO.Compression;

namespace Harness.ToyModels.Tests;

/// <summary>Small IDX files, good ones and one of every kind of bad one; each is refused by name.</summary>
public sealed class IdxFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("plain")]
    [InlineData("packed.gz")]
    public void Sizes_and_bytes_are_read(string name)
    {
        var (sizes, data) = IdxFile.Read(Write(name, [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255]), 2);
        Assert.Equal([2, 3], sizes);
        Assert.Equal([1, 2, 3, 4, 5, 255], data);
    }

    [Theory]
    [InlineData("has 3 bytes, too few for an IDX file.", new byte[] { 0, 0, 8 })]
    [InlineData("begins with the magic number 0x00000D02, expected 0x00000802 (unsigned bytes, 2 dimensions).", new byte[] { 0, 0, 13, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7 })]
    [InlineData("begins with the magic number 0x00000803, expected 0x00000802 (unsigned bytes, 2 dimensions).", new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 7 })]
    [InlineData("ends inside its header: 8 bytes, expected at least 12.", new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 })]
    [InlineData("declares the sizes [1, 0]; each must be positive, and together at most 268435456 bytes.", new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 0 })]
    [InlineData("declares the sizes [-1, 1]; each must be positive, and together at most 268435456 bytes.", new byte[] { 0, 0, 8, 2, 255, 255, 255, 255, 0, 0, 0, 1 })]
    [InlineData(
        "declares the sizes [2147483647, 2147483647]; each must be positive, and together at most 268435456 bytes.",
        new byte[] { 0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255, 1 })]
    [InlineData("declares the sizes [2, 2], 4 bytes, but 3 follow: it is truncated.", new byte[] { 0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3 })]
    [InlineData("declares the sizes [1, 2], 2 bytes, but 3 follow: it is too long.", new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3 })]
    public void What_is_no_such_file_is_refused(string expected, byte[] content)
    {
        foreach (var path in new[] { Write("plain", content), Write("packed.gz", content) })
            Assert.Equal($"{path} {expected}", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 2)).Message);
    }

    [Fact]
    public void What_is_not_compressed_is_no_gzip_file()
    {
        var path = Path.Combine(_folder, "plain.gz");
        File.WriteAllBytes(path, [0, 0, 8, 1, 0, 0, 0, 1, 7]);
        Assert.StartsWith($"{path} is no good gzip file: ", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1)).Message);
    }

    /// <summary>Rejects whatever comes after a complete stream: a second download in the same file, a page of HTML, zeros, another stream.</summary>
    [Theory]
    [InlineData(new byte[] { 7 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x1f, 0x8b })]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 })]
    public void Bytes_after_a_complete_gzip_stream_are_refused(byte[] rest)
    {
        var path = Write("packed.gz", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]);
        Assert.Equal([1, 2, 3], IdxFile.Read(path, 1).Data);
        using (var file = new FileStream(path, FileMode.Append))
            file.Write(rest);
        var message = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1)).Message;
        Assert.StartsWith($"{path} is no good gzip file: ", message);
        if (rest.Length < 10)
            Assert.EndsWith("its last bytes are not the length of the 11 bytes that it unpacks to: it is cut off, or something follows it.", message);
    }

    [Fact]
    public void An_empty_gzip_file_is_refused()
    {
        var path = Path.Combine(_folder, "empty.gz");
        File.WriteAllBytes(path, []);
        Assert.Equal($"{path} has 0 bytes, too few for an IDX file.", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1)).Message);
    }

    /// <summary>A download that stopped half-way.</summary>
    [Fact]
    public void A_truncated_gzip_file_is_refused()
    {
        var path = Write("packed.gz", [0, 0, 8, 1, 0, 0, 16, 0, .. Enumerable.Range(0, 4096).Select(i => (byte)(i * i % 251))]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1)).Message);
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
            file.Write(content);
        else
            using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
                gzip.Write(content);
        return path;
    }
}

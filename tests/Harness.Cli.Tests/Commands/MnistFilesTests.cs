using System.Buffers.Binary;
using System.IO.Compression;

namespace Harness.Cli.Tests;

/// <summary>
/// <c>--mnist</c> on small files written here: whatever is wrong with one of them ends in exit code 65 and a line that names the file and what is wrong with it.
/// </summary>
public class MnistFilesTests
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels = "t10k-labels-idx1-ubyte";
    private const int Count = 20;

    public static TheoryData<string, string, string, bool> Faults()
    {
        var faults = new TheoryData<string, string, string, bool>();
        foreach (var packed in new[] { false, true })
        {
            faults.Add(Images, "magic", "begins with the magic number 0x00000D03, expected 0x00000803", packed);
            faults.Add(Labels, "magic", "begins with the magic number 0x00000D01, expected 0x00000801", packed);
            faults.Add(Images, "short", "it is truncated", packed);
            faults.Add(Labels, "long", "it is too long", packed);
            faults.Add(Labels, "empty", "has 0 bytes, too few for an IDX file", packed);
            faults.Add(Images, "header", "ends inside its header: 6 bytes, expected at least 16", packed);
            faults.Add(Images, "count", $"holds {Count - 1} images, but", packed);
            faults.Add(Images, "size", "holds images of 28 × 27 pixels, expected 28 × 28", packed);
            faults.Add(Labels, "label", "label 7 is 10, expected 0 to 9", packed);
            faults.Add(Labels, "digit", "has no image of the digit 4", packed);
            faults.Add(Images, "missing", $"holds neither {Images} nor {Images}.gz", packed);
            faults.Add(Labels, "missing", $"holds neither {Labels} nor {Labels}.gz", packed);
        }
        faults.Add(Images, "unpacked", "is no good gzip file", true);
        faults.Add(Images, "cut", "", true);
        faults.Add(Labels, "tail", "is no good gzip file: its last bytes are not the length of the 28 bytes that it unpacks to: it is cut off, or something follows it", true);
        return faults;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_faulty_file_is_refused_by_name(string file, string fault, string expected, bool packed)
    {
        using var folder = new TemporaryFolder();
        foreach (var prefix in new[] { "train", "t10k" })
        {
            Write(folder, $"{prefix}-images-idx3-ubyte", file, fault, packed, [Count, 28, 28], new byte[Count * 784]);
            Write(folder, $"{prefix}-labels-idx1-ubyte", file, fault, packed, [Count], [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 10))]);
        }
        foreach (var command in new[] { "show", "train" })
        {
            var run = CommandLine.Run(command, "digit-pattern-cnn", "--mnist", folder.File(""));
            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.Contains(fault == "missing" ? folder.File("") : folder.File(file), run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Output);
        }
    }

    /// <summary>Writes a good file, or, if it is the faulty one, one with the fault.</summary>
    private static void Write(TemporaryFolder folder, string name, string faulty, string fault, bool packed, int[] sizes, byte[] data)
    {
        fault = name == faulty ? fault : "";
        if (fault == "missing")
            return;
        if (fault == "count")
            (sizes, data) = ([Count - 1, 28, 28], data[784..]);
        if (fault == "size")
            (sizes, data) = ([Count, 28, 27], data[..(Count * 28 * 27)]);
        if (fault == "label")
            data[7] = 10;
        if (fault == "digit")
            data = [.. data.Select(label => label == 4 ? (byte)5 : label)];
        byte[] content = [0, 0, 8, (byte)sizes.Length, .. sizes.SelectMany(BigEndian), .. data];
        if (fault == "magic")
            content[2] = 13;
        content = fault switch { "short" => content[..^1], "long" => [.. content, 0], "empty" => [], "header" => content[..6], _ => content };
        var path = folder.File(packed ? $"{name}.gz" : name);
        if (!packed || fault == "unpacked")
            File.WriteAllBytes(path, content);
        else
            using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                gzip.Write(content);
        if (fault == "cut")
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..25]);
        if (fault == "tail")
            File.AppendAllText(path, "<html>");
    }

    private static byte[] BigEndian(int size)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, size);
        return bytes;
    }
}

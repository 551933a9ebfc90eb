using System.Buffers.Binary;

namespace Harness.ToyModels.Tests;

/// <summary>A folder of tiny files in MNIST's format: image i of a split is all of one grey, 10·label + 1 (train) or + 2 (test).</summary>
internal sealed class MnistFolder : IDisposable
{
    internal MnistFolder()
    {
        foreach (var (prefix, shade) in new[] { ("train", 1), ("t10k", 2) })
        {
            byte[] labels = [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))];
            Write($"{prefix}-images-idx3-ubyte", [20, 28, 28], [.. labels.SelectMany(label => Enumerable.Repeat((byte)(10 * label + shade), 784))]);
            Write($"{prefix}-labels-idx1-ubyte", [20], labels);
        }
    }

    internal string Path { get; } = Directory.CreateTempSubdirectory("mnist-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal string Write(string name, int[] sizes, byte[] data)
    {
        var header = new byte[4 + 4 * sizes.Length];
        (header[2], header[3]) = (8, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, [.. header, .. data]);
        return path;
    }
}

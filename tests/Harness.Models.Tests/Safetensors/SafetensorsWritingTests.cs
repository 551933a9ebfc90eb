using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Safetensors;

/// <summary>What is written is what was given, readable by other implementations, and never half there.</summary>
public sealed class SafetensorsWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>Rejects writers that lose a bit, a shape, a type or a name, that write a view's storage, or that let a tensor's end slip.</summary>
    [Property(MaxTest = 200)]
    public void WhatIsWrittenIsReadBack(ushort seed, byte count)
    {
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        var tensors = Enumerable.Range(0, count % 8).ToDictionary(i => $"tensor/{i}", _ => RandomTensor(random));
        var metadata = Enumerable.Range(0, random.Next(3)).ToDictionary(i => $"key {i}", i => $"\"value\" \\ {i} λ\u0001");
        SafetensorsFile.Write(_folder["file"], tensors, metadata);

        using var file = SafetensorsFile.Open(_folder["file"]);
        Assert.Equal(metadata, file.Metadata.ToDictionary());
        Assert.Equal(tensors.Keys.Order(), file.Entries.Select(entry => entry.Name).Order());
        foreach (var (name, expected) in tensors)
        {
            var actual = file.Load(name);
            Assert.Equal(expected.shape, actual.shape);
            Assert.Equal(expected.dtype, actual.dtype);
            Assert.Equal(Bytes(expected), file.ReadBytes(name));
            Assert.Equal(Bytes(expected), Bytes(actual));
        }
    }

    /// <summary>Rejects writers whose readers would have to read a double from an odd address.</summary>
    [Property(MaxTest = 50)]
    public void EveryTensorIsAligned(ushort seed, byte count)
    {
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        SafetensorsFile.Write(_folder["file"], Enumerable.Range(0, count % 8).Select(i => KeyValuePair.Create($"{i}", RandomTensor(random))));
        using var file = SafetensorsFile.Open(_folder["file"]);
        var start = 8 + (long)BinaryPrimitives.ReadUInt64LittleEndian(File.ReadAllBytes(_folder["file"]));
        Assert.Equal(0, start % 8);
        Assert.All(file.Entries, entry => Assert.Equal(0, entry.ByteLength == 0 ? 0 : entry.Begin % (entry.ByteLength / Math.Max(1, Elements(entry)))));
    }

    /// <summary>The whole file, byte by byte, as the format's description has it.</summary>
    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        var tensors = new Dictionary<string, Tensor> { ["flag"] = tensor(new[] { true }), ["x"] = tensor(new[] { 1.0f, -2.0f }).reshape(2, 1), ["n"] = tensor(3L) };
        SafetensorsFile.Write(_folder["file"], tensors, new Dictionary<string, string> { ["format"] = "pt" });
        var expected = HandMade.File(
            """{"__metadata__":{"format":"pt"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}""" +
            ""","x":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"flag":{"dtype":"BOOL","shape":[1],"data_offsets":[16,17]}}""",
            [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 1]);
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(File.ReadAllBytes(_folder["file"])));
    }

    /// <summary>Rejects an error that names the temporary file, which its reader never asked for.</summary>
    [Fact]
    public void AFolderThatIsNotThereIsNamed()
    {
        var path = Path.Combine(_folder["nowhere"], "file");
        var error = Assert.Throws<DirectoryNotFoundException>(() => SafetensorsFile.Write(path, [KeyValuePair.Create("x", ones(2))]));
        Assert.Equal($"'{path}' cannot be written: the folder {_folder["nowhere"]} does not exist.", error.Message);
    }

    /// <summary>Rejects writers that truncate the old file before they know whether they can write the new one, or leave scraps behind.</summary>
    [Fact]
    public void AWriteThatFailsLeavesTheOldFileAlone()
    {
        SafetensorsFile.Write(_folder["file"], [KeyValuePair.Create("x", ones(2))]);
        var before = File.ReadAllBytes(_folder["file"]);
        var disposed = ones(3);
        disposed.Dispose();
        Assert.ThrowsAny<Exception>(() => SafetensorsFile.Write(_folder["file"], [KeyValuePair.Create("y", ones(4)), KeyValuePair.Create("z", disposed)]));
        Assert.Equal(before, File.ReadAllBytes(_folder["file"]));
        Assert.Equal(["file"], _folder.Files);
    }

    /// <summary>Rejects writers that change the file under a reader.</summary>
    [Fact]
    public void AnOpenFileStaysReadableWhileItIsReplaced()
    {
        SafetensorsFile.Write(_folder["file"], [KeyValuePair.Create("x", ones(2))]);
        using var file = SafetensorsFile.Open(_folder["file"]);
        SafetensorsFile.Write(_folder["file"], [KeyValuePair.Create("x", zeros(2))]);
        Assert.Equal([1f, 1f], file.Load("x").data<float>().ToArray());
    }

    [Fact]
    public void RepeatedAndReservedNamesAreRefused()
    {
        foreach (var name in new[] { "x", "__metadata__" })
        {
            var exception = Assert.Throws<ArgumentException>(
                () => SafetensorsFile.Write(_folder["file"], [KeyValuePair.Create("x", ones(1)), KeyValuePair.Create(name, ones(1))]));
            Assert.StartsWith($"Tensor names must be unique and not '__metadata__', but '{name}' is not.", exception.Message);
        }
        Assert.Empty(_folder.Files);
    }

    private static long Elements(SafetensorsEntry entry) => entry.Shape.Aggregate(1L, (product, size) => product * size);

    private static Tensor RandomTensor(Random random)
    {
        var shape = Enumerable.Range(0, random.Next(5)).Select(_ => (long)random.Next(random.Next(4) == 0 ? 1 : 5)).ToArray();
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.Next(10) == 0 ? double.NaN : random.NextDouble() * 200 - 100;
        ScalarType[] types = [ScalarType.Float64, ScalarType.Float32, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];
        var type = types[random.Next(types.Length)];
        if (type is not (ScalarType.Float64 or ScalarType.Float32))
            values = Array.ConvertAll(values, value => type == ScalarType.Bool ? (value > 0 ? 1 : 0) : double.IsNaN(value) ? 0 : type == ScalarType.Byte ? Math.Abs(value) : value);
        var flat = values.Length == 0 ? zeros([0L], ScalarType.Float64) : tensor(values);
        var result = flat.reshape(shape).to(type);
        // A transposed view, whose bytes in memory are in another order than its elements.
        return shape.Length > 1 && random.Next(2) == 0 ? result.transpose(0, -1) : result;
    }

    /// <summary>The elements, one by one and without the writer's help.</summary>
    private static byte[] Bytes(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var elements = tensor.reshape(-1);
        return [.. Enumerable.Range(0, (int)elements.numel()).SelectMany(i => Element(elements[i]))];
    }

    private static byte[] Element(Tensor element) => element.dtype switch
    {
        ScalarType.Float64 => BitConverter.GetBytes(element.ToDouble()),
        ScalarType.Float32 => BitConverter.GetBytes(element.ToSingle()),
        ScalarType.Int64 => BitConverter.GetBytes(element.ToInt64()),
        ScalarType.Int32 => BitConverter.GetBytes((int)element.ToInt64()),
        ScalarType.Int16 => BitConverter.GetBytes((short)element.ToInt64()),
        _ => [(byte)element.ToInt64()],
    };
}

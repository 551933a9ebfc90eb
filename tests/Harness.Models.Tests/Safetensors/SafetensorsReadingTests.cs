using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Safetensors;

/// <summary>Valid files, built by hand from the format's description.</summary>
public sealed class SafetensorsReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>Rejects a reader that mixes up two types of one width, a sign, the byte order, or the place of a tensor.</summary>
    [Fact]
    public void EveryElementTypeIsReadAsItStands()
    {
        using var file = Open(HandMade.Sample());
        Assert.Equal([1.5, double.NaN], file.Load("double").data<double>().ToArray());
        Assert.Equal(-7, file.Load("long").ToInt64());
        Assert.Equal([0.25f, float.NegativeInfinity], file.Load("float").data<float>().ToArray());
        Assert.Equal([-70000], file.Load("int").data<int>().ToArray());
        Assert.Equal([-2f, float.PositiveInfinity], file.Load("half").data<float>().ToArray());
        Assert.Equal([1f, float.NaN], file.Load("brain").data<float>().ToArray());
        Assert.Equal([(short)-300], file.Load("short").data<short>().ToArray());
        Assert.Equal([(sbyte)-1], file.Load("sbyte").data<sbyte>().ToArray());
        Assert.Equal([(byte)200], file.Load("byte").data<byte>().ToArray());
        Assert.Equal([true, false], file.Load("bool").data<bool>().ToArray());
    }

    [Fact]
    public void ScalarsAndEmptyTensorsKeepTheirShape()
    {
        using var file = Open(HandMade.Sample());
        Assert.Equal([], file.Load("long").shape);
        Assert.Equal([3, 0], file.Load("empty").shape);
        Assert.Equal([2, 1], file.Load("float").shape);
        Assert.Equal(ScalarType.Float64, file.Load("empty").dtype);
        Assert.Equal(ScalarType.Float32, file.Load("half").dtype);
    }

    [Fact]
    public void MetadataAndEntriesAreListed()
    {
        using var file = Open(HandMade.Sample());
        Assert.Equal(["format=pt", "note=λ ≥ 0"], file.Metadata.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal("F64 [2]; I64 []; F32 [2, 1]", string.Join("; ", file.Entries.Take(3)));
        Assert.True(file.Contains("brain"));
        Assert.False(file.Contains("brains"));
    }

    /// <summary>Rejects a count that looks at doubles only, or takes infinity for NaN.</summary>
    [Theory]
    [InlineData("double", 1, 0)]
    [InlineData("float", 0, 1)]
    [InlineData("half", 0, 1)]
    [InlineData("brain", 1, 0)]
    [InlineData("long", 0, 0)]
    [InlineData("empty", 0, 0)]
    public void NonFiniteElementsAreCounted(string name, long nan, long infinite)
    {
        using var file = Open(HandMade.Sample());
        Assert.Equal(new SafetensorsNonFinite(nan, infinite), file.CountNonFinite(name));
        Assert.Equal(nan + infinite == 0, file.CountNonFinite(name).IsClean);
    }

    [Fact]
    public void NothingButAHeaderIsAFile()
    {
        using var file = Open(HandMade.File("{}"));
        Assert.Empty(file.Entries);
        Assert.Empty(file.Metadata);
    }

    /// <summary>Rejects a reader that takes the header's order for that of the bytes.</summary>
    [Fact]
    public void TheHeaderMayListTensorsInAnyOrder()
    {
        using var file = Open(HandMade.File(
            """{"b":{"data_offsets":[1,3],"shape":[2],"dtype":"U8"},"a":{"shape":[1],"dtype":"U8","data_offsets":[0,1]}}""", 10, 20, 30));
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
        Assert.Equal([10], file.ReadBytes("a"));
        Assert.Equal([20, 30], file.ReadBytes("b"));
    }

    [Fact]
    public void NamesMayBeEscaped()
    {
        using var file = Open(HandMade.File("""{"a\u002fb\n":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 5));
        Assert.Equal([5], file.ReadBytes("a/b\n"));
    }

    private SafetensorsFile Open(byte[] bytes)
    {
        File.WriteAllBytes(_folder["file.safetensors"], bytes);
        return SafetensorsFile.Open(_folder["file.safetensors"]);
    }
}

using System.Text.Json;

namespace Harness.Models.Tests.Safetensors;

/// <summary>Every rule of the format, broken one at a time: a distinct error that names the tensor, the byte, and actual against expected.</summary>
public sealed class SafetensorsViolationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<SafetensorsViolation, string, int, string> Headers => new()
    {
        { SafetensorsViolation.HeaderNotObject, "[]", 0, " at byte 8: the header starts with '['; expected '{'" },
        { SafetensorsViolation.HeaderNotObject, " {}", 0, " at byte 8: the header starts with ' '; expected '{'" },
        { SafetensorsViolation.HeaderNotJson, "{} {}", 0, " at byte 11: the header is not valid JSON: " },
        { SafetensorsViolation.HeaderNotJson, """{"a":""", 0, "the header is not valid JSON: " },
        { SafetensorsViolation.HeaderNotJson, """{"\ud800":1}""", 0, " at byte 9: the header is not valid JSON: " },
        { SafetensorsViolation.HeaderNotJson, """{"a":{"shape":[[[[1]]]]}}""", 0, "the header is not valid JSON: " },
        { SafetensorsViolation.MetadataNotStrings, """{"__metadata__":1}""", 0, " at byte 24: __metadata__ is Number; expected an object of strings" },
        { SafetensorsViolation.MetadataNotStrings, """{"__metadata__":null}""", 0, " at byte 24: __metadata__ is Null; expected an object of strings" },
        { SafetensorsViolation.MetadataNotStrings, """{"__metadata__":{"a":["b"]}}""", 0, " at byte 29: __metadata__['a'] is StartArray; expected a string" },
        { SafetensorsViolation.DuplicateKey, """{"__metadata__":{"a":"b","a":"b"}}""", 0, " at byte 37: __metadata__ has the key 'a' twice" },
        { SafetensorsViolation.DuplicateKey, """{"__metadata__":{},"__metadata__":{}}""", 0, "the header has the key '__metadata__' twice" },
        {
            SafetensorsViolation.DuplicateKey,
            """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
            " tensor 'a' at byte 61: the header has the key 'a' twice"
        },
        {
            SafetensorsViolation.DuplicateKey, """{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1,
            " tensor 'a' at byte 27: the entry has the key 'dtype' twice"
        },
        { SafetensorsViolation.MalformedField, """{"a":1}""", 0, " tensor 'a' at byte 13: the entry is Number; expected an object" },
        { SafetensorsViolation.MalformedField, """{"a":{"dtype":8}}""", 0, " tensor 'a' at byte 22: dtype is Number; expected a string" },
        { SafetensorsViolation.MalformedField, """{"a":{"shape":8}}""", 0, " tensor 'a' at byte 22: shape is Number; expected an array" },
        { SafetensorsViolation.MalformedField, """{"a":{"shape":[1,"2"]}}""", 0, " tensor 'a' at byte 25: shape[1] is String; expected a number" },
        { SafetensorsViolation.MalformedField, Entry("U8", "1", "0"), 1, " tensor 'a' at byte 13: data_offsets has 1 numbers; expected begin and end" },
        { SafetensorsViolation.UnknownField, """{"a":{"size":1}}""", 0, " tensor 'a' at byte 14: the entry has the key 'size'; expected dtype, shape, data_offsets" },
        { SafetensorsViolation.MissingField, """{"a":{"dtype":"U8","shape":[1]}}""", 1, " tensor 'a' at byte 13: the entry lacks 'data_offsets'" },
        { SafetensorsViolation.MissingField, """{"a":{"shape":[1],"data_offsets":[0,1]}}""", 1, " tensor 'a' at byte 13: the entry lacks 'dtype'" },
        { SafetensorsViolation.UnknownType, Entry("F8", "1", "0,1"), 1, " tensor 'a' at byte 22: dtype is 'F8'; expected one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL" },
        { SafetensorsViolation.UnknownType, Entry("f32", "1", "0,4"), 4, "dtype is 'f32'" },
        { SafetensorsViolation.UnknownType, Entry("8", "1", "0,1"), 1, "dtype is '8'" },
        { SafetensorsViolation.UnknownType, Entry("-8", "1", "0,1"), 1, "dtype is '-8'" },
        { SafetensorsViolation.UnknownType, Entry("U8, I8", "1", "0,1"), 1, "dtype is 'U8, I8'" },
        { SafetensorsViolation.MalformedInteger, Entry("U8", "-1", "0,1"), 1, " tensor 'a' at byte 36: shape[0] is -1; expected an integer from 0 to 2^63 - 1" },
        { SafetensorsViolation.MalformedInteger, Entry("U8", "1.0", "0,1"), 1, "shape[0] is 1.0; expected an integer" },
        { SafetensorsViolation.MalformedInteger, Entry("U8", "9223372036854775808", "0,1"), 1, "shape[0] is 9223372036854775808; expected an integer" },
        { SafetensorsViolation.MalformedInteger, Entry("U8", "1", "0,1e0"), 1, "data_offsets[1] is 1e0; expected an integer" },
        { SafetensorsViolation.SizeOverflow, Entry("F64", "4294967296,4294967296", "0,0"), 0, " tensor 'a' at byte 88: the size of F64 [4294967296, 4294967296] is beyond 64 bits" },
        { SafetensorsViolation.SizeOverflow, Entry("F64", "1152921504606846976", "0,0"), 0, "the size of F64 [1152921504606846976] is beyond 64 bits" },
        { SafetensorsViolation.SizeOverflow, Entry("U8", "0,4294967296,4294967296", "0,0"), 0, "the size of U8 [0, 4294967296, 4294967296] is beyond 64 bits" },
        { SafetensorsViolation.OffsetsReversed, Entry("U8", "1", "1,0"), 1, " tensor 'a': data_offsets [1, 0] end before they begin" },
        { SafetensorsViolation.OffsetsOutsideBuffer, Entry("U8", "3", "0,3"), 2, "data_offsets [0, 3] end outside the data buffer of 2 bytes" },
        { SafetensorsViolation.OffsetsOutsideBuffer, Entry("U8", "0", "9223372036854775807,9223372036854775807"), 0, "end outside the data buffer of 0 bytes" },
        { SafetensorsViolation.LengthMismatch, Entry("F64", "2,3", "0,40"), 40, "F64 [2, 3] takes 48 bytes, but data_offsets [0, 40] hold 40" },
        { SafetensorsViolation.LengthMismatch, Entry("U8", "0", "0,1"), 1, "U8 [0] takes 0 bytes, but data_offsets [0, 1] hold 1" },
        { SafetensorsViolation.LengthMismatch, Entry("F32", "", "0,8"), 8, "F32 [] takes 4 bytes, but data_offsets [0, 8] hold 8" },
        { SafetensorsViolation.Overlap, Two("0,2", "1,3"), 3, " tensor 'b' at byte 121: it begins at offset 1, but tensor 'a' ends at 2" },
        { SafetensorsViolation.Overlap, Two("0,2", "0,2"), 2, "it begins at offset 0, but tensor 'a' ends at 2" },
        { SafetensorsViolation.Hole, Two("0,2", "3,5"), 5, " tensor 'b' at byte 122: it begins at offset 3, but tensor 'a' ends at 2" },
        { SafetensorsViolation.Hole, Entry("U8", "1", "1,2"), 2, "it begins at offset 1; the first tensor must begin at 0" },
        { SafetensorsViolation.BufferNotCovered, Entry("U8", "1", "0,1"), 2, " tensor 'a' at byte 65: the tensors end at offset 1, but the data buffer has 2 bytes" },
        { SafetensorsViolation.BufferNotCovered, "{}", 1, " at byte 16: the tensors end at offset 0, but the data buffer has 1 bytes" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void ABrokenHeaderIsNamed(SafetensorsViolation violation, string header, int dataLength, string message)
    {
        var exception = Fails(HandMade.File(header, HandMade.Bytes(dataLength)));
        Assert.Equal(violation, exception.Violation);
        Assert.Contains("file.safetensors:" + (message[0] == ' ' ? message : ""), exception.Message);
        Assert.Contains(message, exception.Message);
        Assert.Equal(_folder["file.safetensors"], exception.File);
    }

    [Theory]
    [InlineData(SafetensorsViolation.FileTooShort, new byte[] { 2, 0, 0, 0, 0, 0, 0 }, "the file has 7 bytes; the header length alone takes 8")]
    [InlineData(SafetensorsViolation.HeaderBeyondFile, new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "declared to have 3 bytes, but only 2 follow")]
    [InlineData(SafetensorsViolation.HeaderTooLarge, new byte[] { 1, 225, 245, 5, 0, 0, 0, 0 }, "declared to have 100000001 bytes; at most 100000000")]
    [InlineData(
        SafetensorsViolation.HeaderTooLarge, new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "declared to have 18446744073709551615 bytes")]
    [InlineData(SafetensorsViolation.HeaderNotObject, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "the header is empty; expected a JSON object")]
    [InlineData(
        SafetensorsViolation.HeaderNotUtf8, new byte[] { 5, 0, 0, 0, 0, 0, 0, 0, 123, 34, 0xC3, 34, 125 }, "at byte 8: the header is not valid UTF-8")]
    public void ABrokenPrefixIsNamed(SafetensorsViolation violation, byte[] file, string message)
    {
        var exception = Fails(file);
        Assert.Equal(violation, exception.Violation);
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void ATensorThatIsMissingIsNamedWithThoseThatAreThere()
    {
        File.WriteAllBytes(_folder["file.safetensors"], HandMade.File(Two("0,2", "2,4"), 1, 2, 3, 4));
        using var file = SafetensorsFile.Open(_folder["file.safetensors"]);
        var exception = Assert.Throws<SafetensorsException>(() => { file.Load("c"); });
        Assert.Equal(SafetensorsViolation.MissingTensor, exception.Violation);
        Assert.EndsWith("tensor 'c': not in the file, which has 'a', 'b'", exception.Message);
    }

    [Fact]
    public void ATruthValueBeyondOneIsNamedWithItsByte()
    {
        File.WriteAllBytes(_folder["file.safetensors"], HandMade.File(Entry("BOOL", "3", "0,3"), 0, 1, 2));
        using var file = SafetensorsFile.Open(_folder["file.safetensors"]);
        var exception = Assert.Throws<SafetensorsException>(() => { file.Load("a"); });
        Assert.Equal(SafetensorsViolation.InvalidBoolean, exception.Violation);
        Assert.EndsWith("tensor 'a' at byte 66: truth value 2; expected 0 or 1", exception.Message);
    }

    /// <summary>Rejects a reader that hands out zeros for bytes that are no longer there.</summary>
    [Fact]
    public void AFileCutShortAfterItsHeaderWasReadIsNoticed()
    {
        var bytes = HandMade.File(Entry("U8", "3", "0,3"), 1, 2, 3);
        File.WriteAllBytes(_folder["file.safetensors"], bytes);
        using var file = SafetensorsFile.Open(_folder["file.safetensors"]);
        // A second handle may write on this platform; elsewhere the sharing mode forbids what this test guards against.
        if (!OperatingSystem.IsLinux())
            return;
        using (var other = new FileStream(_folder["file.safetensors"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            other.SetLength(bytes.Length - 1);
        Assert.Equal(SafetensorsViolation.FileChanged, Assert.Throws<SafetensorsException>(() => { file.ReadBytes("a"); }).Violation);
    }

    /// <summary>The mutant that reads the header with a document model takes the last of two equal keys and says nothing.</summary>
    [Fact]
    public void ADocumentModelWouldAcceptDuplicateKeys()
    {
        const string header = """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}""";
        using var mutant = JsonDocument.Parse(header);
        Assert.Equal("I8", mutant.RootElement.GetProperty("a").GetProperty("dtype").GetString());
        Assert.Equal(SafetensorsViolation.DuplicateKey, Fails(HandMade.File(header, 1)).Violation);
    }

    private SafetensorsException Fails(byte[] file)
    {
        File.WriteAllBytes(_folder["file.safetensors"], file);
        return Assert.Throws<SafetensorsException>(() => { SafetensorsFile.Open(_folder["file.safetensors"]); });
    }

    private static string Entry(string type, string shape, string offsets) =>
        $$$"""{"a":{"dtype":"{{{type}}}","shape":[{{{shape}}}],"data_offsets":[{{{offsets}}}]}}""";

    private static string Two(string first, string second) =>
        $$$"""{"a":{"dtype":"U8","shape":[2],"data_offsets":[{{{first}}}]},"b":{"dtype":"U8","shape":[2],"data_offsets":[{{{second}}}]}}""";
}

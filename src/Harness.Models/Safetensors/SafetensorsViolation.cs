namespace Harness.Models;

/// <summary>What is wrong with a safetensors file.</summary>
public enum SafetensorsViolation
{
    /// <summary>The file has fewer than the eight bytes of the header length.</summary>
    FileTooShort,

    /// <summary>The header is declared longer than 100 MB.</summary>
    HeaderTooLarge,

    /// <summary>The header is declared longer than the file.</summary>
    HeaderBeyondFile,

    /// <summary>The header is not valid UTF-8.</summary>
    HeaderNotUtf8,

    /// <summary>The header is not JSON, or has something after its object.</summary>
    HeaderNotJson,

    /// <summary>The header does not start with an object's brace.</summary>
    HeaderNotObject,

    /// <summary>A key appears twice in one object.</summary>
    DuplicateKey,

    /// <summary><c>__metadata__</c> is not an object of strings.</summary>
    MetadataNotStrings,

    /// <summary>A tensor's entry has a key beside <c>dtype</c>, <c>shape</c> and <c>data_offsets</c>.</summary>
    UnknownField,

    /// <summary>A tensor's entry lacks <c>dtype</c>, <c>shape</c> or <c>data_offsets</c>.</summary>
    MissingField,

    /// <summary>A tensor's entry, or a value in it, has the wrong JSON type.</summary>
    MalformedField,

    /// <summary>The element type is not one of <see cref="SafetensorsType"/>.</summary>
    UnknownType,

    /// <summary>A size or offset is negative, fractional, or beyond 64 bits.</summary>
    MalformedInteger,

    /// <summary>The shape's product times the item size is beyond 64 bits.</summary>
    SizeOverflow,

    /// <summary>A tensor ends before it begins.</summary>
    OffsetsReversed,

    /// <summary>A tensor ends outside the data buffer.</summary>
    OffsetsOutsideBuffer,

    /// <summary>The byte length is not that of the shape and element type.</summary>
    LengthMismatch,

    /// <summary>Two tensors share bytes.</summary>
    Overlap,

    /// <summary>Bytes between two tensors belong to none.</summary>
    Hole,

    /// <summary>Bytes after the last tensor belong to none.</summary>
    BufferNotCovered,

    /// <summary>A truth value is neither 0 nor 1.</summary>
    InvalidBoolean,

    /// <summary>The file has no tensor of the name asked for.</summary>
    MissingTensor,

    /// <summary>The tensor has more bytes than one managed array holds.</summary>
    TensorTooLarge,

    /// <summary>The file became shorter after its header was read.</summary>
    FileChanged,
}

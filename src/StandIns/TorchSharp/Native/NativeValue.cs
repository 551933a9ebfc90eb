using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Tags of arguments and results; `enum Kind` of shim.h.</summary>
internal enum ValueKind
{
    Default,
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    String,
    Integers,
    Tensors,
    Device,
    Generator,
}

/// <summary>One argument or result of an operator; `struct Argument` of shim.h.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct NativeValue
{
    [FieldOffset(0)] internal ValueKind Kind;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>Calls libtorch's operators by schema name, for instance "add.Tensor".</summary>
internal static unsafe class Aten
{
    private const int MostResults = 4;
    private static readonly ConcurrentDictionary<string, nint> s_operators = new();

    internal static Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(name, arguments, results);
        return new Tensor(results[0].Pointer);
    }

    internal static (Tensor, Tensor) Call2(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(name, arguments, results);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    internal static (Tensor, Tensor, Tensor) Call3(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(name, arguments, results);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer), new Tensor(results[2].Pointer));
    }

    internal static (Tensor, Tensor, Tensor, Tensor) Call4(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(name, arguments, results);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer), new Tensor(results[2].Pointer),
            new Tensor(results[3].Pointer));
    }

    internal static Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(name, arguments, results);
        var list = (nint*)results[0].Pointer;
        var tensors = new Tensor[results[0].Count];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor(list[i]);
        NativeMethods.harness_free_list(list);
        return tensors;
    }

    internal static bool CallBoolean(string name, params ReadOnlySpan<Argument> arguments) =>
        CallValue(name, arguments).Integer != 0;

    /// <summary>A result that is no tensor.</summary>
    internal static NativeValue CallValue(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(name, arguments, results);
        return results[0];
    }

    private static nint Operator(string name) =>
        s_operators.TryGetValue(name, out var known)
            ? known
            : s_operators.GetOrAdd(name, static name => NativeMethods.Check(NativeMethods.harness_operator(name)));

    private static void Invoke(string name, ReadOnlySpan<Argument> arguments, NativeValue* results)
    {
        var op = Operator(name);
        var (words, handles) = Measure(arguments);
        // Lists and strings are copied here for the call; both buffers are small but for lists of many tensors.
        Span<long> scratch = words <= 256 ? stackalloc long[words] : new long[words];
        var held = new HeldHandles(new SafeHandle?[handles]);
        var native = stackalloc NativeValue[arguments.Length];
        try
        {
            fixed (long* buffer = scratch)
            {
                var free = buffer;
                for (var i = 0; i < arguments.Length; i++)
                    native[i] = Marshalled(arguments[i], ref held, ref free);
                NativeMethods.Check(NativeMethods.harness_call(op, native, arguments.Length, results, MostResults));
            }
        }
        finally
        {
            held.Release();
        }
    }

    private static (int Words, int Handles) Measure(ReadOnlySpan<Argument> arguments)
    {
        var (words, handles) = (0, 0);
        foreach (ref readonly var argument in arguments)
        {
            words += argument.Kind switch
            {
                ValueKind.Integers or ValueKind.Tensors => argument.Count,
                ValueKind.String => Encoding.UTF8.GetByteCount((string)argument.Reference!) / sizeof(long) + 1,
                _ => 0,
            };
            handles += argument.Kind switch
            {
                ValueKind.Tensor or ValueKind.Generator => 1,
                ValueKind.Tensors => argument.Count,
                _ => 0,
            };
        }
        return (words, handles);
    }

    private static NativeValue Marshalled(in Argument argument, ref HeldHandles held, ref long* free)
    {
        var value = new NativeValue { Kind = argument.Kind, Count = argument.Count, Integer = argument.Integer };
        switch (argument.Kind)
        {
            case ValueKind.Real:
                value.Real = argument.Real;
                break;
            case ValueKind.Tensor or ValueKind.Generator:
                value.Pointer = held.Add((SafeHandle)argument.Reference!);
                break;
            case ValueKind.Integers:
                value.Pointer = (nint)free;
                foreach (var item in (long[])argument.Reference!)
                    *free++ = item;
                break;
            case ValueKind.Tensors:
                value.Pointer = (nint)free;
                foreach (var item in (Tensor?[])argument.Reference!)
                    *free++ = held.Add(item);
                break;
            case ValueKind.String:
                var text = (string)argument.Reference!;
                value.Pointer = (nint)free;
                var room = Encoding.UTF8.GetByteCount(text) / sizeof(long) + 1;
                free[room - 1] = 0;
                Encoding.UTF8.GetBytes(text, new Span<byte>(free, room * sizeof(long)));
                free += room;
                break;
        }
        return value;
    }
}

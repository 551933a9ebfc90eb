using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The C ABI of native/: see shim.h.</summary>
internal static unsafe class NativeMethods
{
    internal const string Library = "harness_torch";

    static NativeMethods() => ShimLoader.Register();

    [DllImport(Library)] internal static extern byte* harness_error();
    [DllImport(Library)] internal static extern nint harness_operator([MarshalAs(UnmanagedType.LPUTF8Str)] string fullName);
    [DllImport(Library)] internal static extern int harness_call(nint op, NativeValue* arguments, int count,
        NativeValue* results, int capacity);
    [DllImport(Library)] internal static extern void harness_free_list(nint* list);

    [DllImport(Library)] internal static extern void harness_tensor_free(nint tensor);
    [DllImport(Library)] internal static extern nint harness_tensor_alias(TensorHandle tensor);
    [DllImport(Library)] internal static extern long harness_tensor_dimensions(TensorHandle tensor);
    [DllImport(Library)] internal static extern long harness_tensor_numel(TensorHandle tensor);
    [DllImport(Library)] internal static extern long harness_tensor_element_size(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_dtype(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_device_type(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_device_index(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_is_contiguous(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_requires_grad(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_set_requires_grad(TensorHandle tensor, int value);
    [DllImport(Library)] internal static extern int harness_tensor_is_leaf(TensorHandle tensor);
    [DllImport(Library)] internal static extern int harness_tensor_sizes(TensorHandle tensor, long* sizes);
    [DllImport(Library)] internal static extern int harness_tensor_strides(TensorHandle tensor, long* strides);
    [DllImport(Library)] internal static extern int harness_tensor_data(TensorHandle tensor, void** data);

    [DllImport(Library)]
    internal static extern int harness_autograd_grad(nint* outputs, int outputCount, nint* inputs, int inputCount,
        nint* outputGradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* gradients);
    [DllImport(Library)] internal static extern int harness_grad_mode();
    [DllImport(Library)] internal static extern void harness_set_grad_mode(int enabled);

    [DllImport(Library)] internal static extern int harness_set_num_threads(int number);
    [DllImport(Library)] internal static extern int harness_get_num_threads();
    [DllImport(Library)] internal static extern int harness_cuda_device_count();
    [DllImport(Library)] internal static extern int harness_cuda_synchronize(int device);
    [DllImport(Library)] internal static extern nint harness_manual_seed(long seed);
    [DllImport(Library)] internal static extern nint harness_generator_new(long seed, int deviceType, int deviceIndex);
    [DllImport(Library)] internal static extern long harness_generator_seed(GeneratorHandle generator);
    [DllImport(Library)] internal static extern int harness_generator_set_seed(GeneratorHandle generator, long seed);
    [DllImport(Library)] internal static extern void harness_generator_free(nint generator);

    [DllImport(Library)] internal static extern byte* harness_libtorch_version();
    [DllImport(Library)] internal static extern byte* harness_blas_library();
    [DllImport(Library)] internal static extern byte* harness_openblas_config();

    /// <summary>Turns the failure value of a native call into the exception of the genuine package.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status < 0)
            Throw();
    }

    internal static nint Check(nint pointer)
    {
        if (pointer == 0)
            Throw();
        return pointer;
    }

    internal static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";

    private static void Throw() => throw new ExternalException(Text(harness_error()));
}

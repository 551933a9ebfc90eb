using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType s_defaultType = ScalarType.Float32;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Instance.Open();

    public static Generator manual_seed(long seed) => new(NativeMethods.Check(NativeMethods.harness_manual_seed(seed)), CPU);

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.harness_set_num_threads(num));

    public static int get_num_threads()
    {
        var number = NativeMethods.harness_get_num_threads();
        NativeMethods.Check(number);
        return number;
    }

    public static ScalarType get_default_dtype() => s_defaultType;

    public static void set_default_dtype(ScalarType dtype) =>
        s_defaultType = is_floating_point(dtype)
            ? dtype
            : throw new ArgumentException("Only floating-point types are supported as the default type.", nameof(dtype));

    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => NativeMethods.harness_cuda_device_count();

        public static void synchronize(Device? device = null) =>
            NativeMethods.Check(NativeMethods.harness_cuda_synchronize(device?.index ?? 0));
    }
}

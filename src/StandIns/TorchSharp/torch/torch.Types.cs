using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Element types, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }

    public static readonly ScalarType uint8 = ScalarType.Byte;
    public static readonly ScalarType int8 = ScalarType.Int8;
    public static readonly ScalarType int16 = ScalarType.Int16;
    public static readonly ScalarType int32 = ScalarType.Int32;
    public static readonly ScalarType int64 = ScalarType.Int64;
    public static readonly ScalarType float16 = ScalarType.Float16;
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType float64 = ScalarType.Float64;
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType @bool = ScalarType.Bool;
    public static readonly ScalarType @long = ScalarType.Int64;
    public static readonly ScalarType @int = ScalarType.Int32;
    public static readonly ScalarType @float = ScalarType.Float32;
    public static readonly ScalarType @double = ScalarType.Float64;

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device CUDA = new(DeviceType.CUDA);

    public static bool is_integral(ScalarType type) => type is >= ScalarType.Byte and <= ScalarType.Int64 or ScalarType.Bool;

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Where a tensor lives: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public class Device
    {
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = Parse(parts[0]);
            index = parts.Length switch
            {
                1 => DefaultIndex(type),
                2 when int.TryParse(parts[1], out var number) && number >= 0 => number,
                _ => throw new ArgumentException($"'{description}' is no device; write cpu, cuda or cuda:0", nameof(description)),
            };
        }

        public Device(string deviceType, int index = -1) : this(Parse(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CPU || index < 0 ? DefaultIndex(deviceType) : index;
        }

        public DeviceType type { get; }

        /// <summary>-1 for the CPU.</summary>
        public int index { get; }

        public override string ToString() => type == DeviceType.CPU ? "cpu" : index == -1 ? "cuda" : $"cuda:{index}";

        public static implicit operator Device(string description) => new(description);

        internal bool IsSame(Device other) => other.type == type && other.index == index;

        private static int DefaultIndex(DeviceType type) => type == DeviceType.CPU ? -1 : 0;

        private static DeviceType Parse(string type) => type?.ToLowerInvariant() switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            _ => throw new ArgumentException($"'{type}' is no device type; the stand-in knows cpu and cuda", nameof(type)),
        };
    }

    /// <summary>A random number generator of libtorch.</summary>
    public class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
        {
            device ??= CPU;
            GeneratorHandle = new GeneratorHandle(
                NativeMethods.Check(NativeMethods.harness_generator_new((long)seed, (int)device.type, device.index)));
            this.device = device;
        }

        internal Generator(nint native, Device device)
        {
            GeneratorHandle = new GeneratorHandle(native);
            this.device = device;
        }

        public Device device { get; }

        internal GeneratorHandle GeneratorHandle { get; }

        public long initial_seed() => NativeMethods.harness_generator_seed(GeneratorHandle);

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.harness_generator_set_seed(GeneratorHandle, seed));
            return this;
        }

        public void Dispose() => GeneratorHandle.Dispose();
    }
}

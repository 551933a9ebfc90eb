using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException($"data of a tensor on {device} cannot be read; call cpu() first");
            ValidateType<T>();
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            ValidateType<T>();
            using var scope = NewDisposeScope();
            return cpu().data<T>()[0];
        }

        public byte ToByte() => (byte)ToInt64();

        public short ToInt16() => (short)ToInt64();

        public int ToInt32() => (int)ToInt64();

        public long ToInt64() => ToScalar().ToInt64Core();

        public float ToSingle() => (float)ToDouble();

        public double ToDouble() => ToScalar().ToDoubleCore();

        public bool ToBoolean() => ToDouble() != 0;

        public Scalar ToScalar()
        {
            var value = Aten.CallValue("item", this);
            return value.Kind switch
            {
                ValueKind.Boolean => value.Integer != 0,
                ValueKind.Integer => value.Integer,
                _ => value.Real,
            };
        }

        public bool is_nonzero() => Aten.CallBoolean("is_nonzero", this);

        internal unsafe void* DataPointer()
        {
            void* data;
            NativeMethods.Check(NativeMethods.harness_tensor_data(TensorHandle, &data));
            return data;
        }

        private void ValidateType<T>()
        {
            var fits = dtype switch
            {
                ScalarType.Byte => typeof(T) == typeof(byte),
                ScalarType.Int8 => typeof(T) == typeof(sbyte),
                ScalarType.Int16 => typeof(T) == typeof(short),
                ScalarType.Int32 => typeof(T) == typeof(int),
                ScalarType.Int64 => typeof(T) == typeof(long),
                ScalarType.Bool => typeof(T) == typeof(bool),
                ScalarType.Float32 => typeof(T) == typeof(float),
                ScalarType.Float64 => typeof(T) == typeof(double),
                _ => false,
            };
            if (!fits)
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
        }
    }
}

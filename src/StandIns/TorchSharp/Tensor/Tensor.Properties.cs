using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => NativeMethods.harness_tensor_dimensions(TensorHandle);

        public long dim() => Dimensions;

        public long ndim => Dimensions;

        public long NumberOfElements => NativeMethods.harness_tensor_numel(TensorHandle);

        public long numel() => NumberOfElements;

        public long ElementSize => NativeMethods.harness_tensor_element_size(TensorHandle);

        public long element_size() => ElementSize;

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* first = sizes)
                    NativeMethods.Check(NativeMethods.harness_tensor_sizes(TensorHandle, first));
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides)
                NativeMethods.Check(NativeMethods.harness_tensor_strides(TensorHandle, first));
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public ScalarType dtype => (ScalarType)NativeMethods.harness_tensor_dtype(TensorHandle);

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)NativeMethods.harness_tensor_device_type(TensorHandle);

        public int device_index => NativeMethods.harness_tensor_device_index(TensorHandle);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_leaf
        {
            get
            {
                var answer = NativeMethods.harness_tensor_is_leaf(TensorHandle);
                NativeMethods.Check(answer);
                return answer != 0;
            }
        }

        public bool requires_grad
        {
            get => NativeMethods.harness_tensor_requires_grad(TensorHandle) != 0;
            set => NativeMethods.Check(NativeMethods.harness_tensor_set_requires_grad(TensorHandle, value ? 1 : 0));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public bool is_contiguous() => NativeMethods.harness_tensor_is_contiguous(TensorHandle) != 0;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        internal Tensor Marked(bool requiresGrad) => requiresGrad ? requires_grad_() : this;
    }
}

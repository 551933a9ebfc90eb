using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Call("add.Tensor", this, target);
        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("add.Tensor", this, target, alpha);
        public Tensor add(Scalar scalar) => Aten.Call("add.Scalar", this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.Call("add.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target) => Aten.Call("add_.Tensor", this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Aten.Call("add_.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar) => Aten.Call("add_.Scalar", this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.Call("add_.Scalar", this, scalar, alpha);

        public Tensor sub(Tensor target) => Aten.Call("sub.Tensor", this, target);
        public Tensor sub(Tensor target, Scalar alpha) => Aten.Call("sub.Tensor", this, target, alpha);
        public Tensor sub(Scalar scalar) => Aten.Call("sub.Scalar", this, scalar);
        public Tensor sub_(Tensor target) => Aten.Call("sub_.Tensor", this, target);
        public Tensor sub_(Tensor target, Scalar alpha) => Aten.Call("sub_.Tensor", this, target, alpha);
        public Tensor sub_(Scalar scalar) => Aten.Call("sub_.Scalar", this, scalar);
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor subtract(Scalar scalar) => sub(scalar);

        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);
        public Tensor mul(Scalar target) => Aten.Call("mul.Scalar", this, target);
        public Tensor mul_(Tensor target) => Aten.Call("mul_.Tensor", this, target);
        public Tensor mul_(Scalar target) => Aten.Call("mul_.Scalar", this, target);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target) => Aten.Call("div.Tensor", this, target);
        public Tensor div(Scalar target) => Aten.Call("div.Scalar", this, target);
        public Tensor div_(Tensor target) => Aten.Call("div_.Tensor", this, target);
        public Tensor div_(Scalar target) => Aten.Call("div_.Scalar", this, target);
        public Tensor divide(Tensor target) => div(target);
        public Tensor divide(Scalar target) => div(target);

        public Tensor remainder(Tensor other) => Aten.Call("remainder.Tensor", this, other);
        public Tensor remainder(Scalar other) => Aten.Call("remainder.Scalar", this, other);
        public Tensor fmod(Tensor target) => Aten.Call("fmod.Tensor", this, target);
        public Tensor fmod(Scalar scalar) => Aten.Call("fmod.Scalar", this, scalar);

        public Tensor pow(Tensor exponent) => Aten.Call("pow.Tensor_Tensor", this, exponent);
        public Tensor pow(Scalar exponent) => Aten.Call("pow.Tensor_Scalar", this, exponent);
        public Tensor pow_(Scalar exponent) => Aten.Call("pow_.Scalar", this, exponent);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.Call("addcmul", this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.Call("addcmul_", this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.Call("addcdiv", this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.Call("addcdiv_", this, tensor1, tensor2, value);
        public Tensor lerp(Tensor end, Tensor weight) => Aten.Call("lerp.Tensor", this, end, weight);

        public Tensor zero_() => Aten.Call("zero_", this);
        public Tensor fill_(Scalar value) => Aten.Call("fill_.Scalar", this, value);
        public Tensor copy_(Tensor source, bool non_blocking = false) => Aten.Call("copy_", this, source, non_blocking);
    }
}

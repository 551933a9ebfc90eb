using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Call("abs", this);
        public Tensor abs_() => Aten.Call("abs_", this);
        public Tensor neg() => Aten.Call("neg", this);
        public Tensor neg_() => Aten.Call("neg_", this);
        public Tensor negative() => neg();
        public Tensor sign() => Aten.Call("sign", this);
        public Tensor sqrt() => Aten.Call("sqrt", this);
        public Tensor sqrt_() => Aten.Call("sqrt_", this);
        public Tensor rsqrt() => Aten.Call("rsqrt", this);
        public Tensor square() => Aten.Call("square", this);
        public Tensor reciprocal() => Aten.Call("reciprocal", this);
        public Tensor reciprocal_() => Aten.Call("reciprocal_", this);

        public Tensor exp() => Aten.Call("exp", this);
        public Tensor exp_() => Aten.Call("exp_", this);
        public Tensor expm1() => Aten.Call("expm1", this);
        public Tensor log() => Aten.Call("log", this);
        public Tensor log_() => Aten.Call("log_", this);
        public Tensor log10() => Aten.Call("log10", this);
        public Tensor log1p() => Aten.Call("log1p", this);
        public Tensor log2() => Aten.Call("log2", this);
        public Tensor logaddexp(Tensor other) => Aten.Call("logaddexp", this, other);

        public Tensor sin() => Aten.Call("sin", this);
        public Tensor cos() => Aten.Call("cos", this);
        public Tensor tan() => Aten.Call("tan", this);
        public Tensor asin() => Aten.Call("asin", this);
        public Tensor acos() => Aten.Call("acos", this);
        public Tensor atan() => Aten.Call("atan", this);
        public Tensor atan2(Tensor other) => Aten.Call("atan2", this, other);
        public Tensor sinh() => Aten.Call("sinh", this);
        public Tensor cosh() => Aten.Call("cosh", this);
        public Tensor tanh() => Aten.Call("tanh", this);

        public Tensor erf() => Aten.Call("erf", this);
        public Tensor erfc() => Aten.Call("erfc", this);
        public Tensor sigmoid() => Aten.Call("sigmoid", this);
        public Tensor relu() => Aten.Call("relu", this);
        public Tensor gelu() => Aten.Call("gelu", this);
        public Tensor silu() => Aten.Call("silu", this);
        public Tensor softplus() => Aten.Call("softplus", this);
        public Tensor relu_() => Aten.Call("relu_", this);

        public Tensor floor() => Aten.Call("floor", this);
        public Tensor ceil() => Aten.Call("ceil", this);
        public Tensor round() => Aten.Call("round", this);
        public Tensor trunc() => Aten.Call("trunc", this);
        public Tensor frac() => Aten.Call("frac", this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.Call("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.Call("clamp_.Tensor", this, min, max);
        public Tensor clamp_min(Scalar min) => Aten.Call("clamp_min", this, min);
        public Tensor clamp_max(Scalar max) => Aten.Call("clamp_max", this, max);
        public Tensor maximum(Tensor other) => Aten.Call("maximum", this, other);
        public Tensor minimum(Tensor other) => Aten.Call("minimum", this, other);
        public Tensor where(Tensor condition, Tensor y) => condition.dtype == ScalarType.Bool
            ? Aten.Call("where.self", condition, this, y)
            : throw new ArgumentException("The condition to 'where' must be a boolean tensor.");
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Aten.Call("nan_to_num", this, nan, posinf, neginf);
    }
}

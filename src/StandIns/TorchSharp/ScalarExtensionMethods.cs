namespace TorchSharp;

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.ToDoubleCore();
    public static double ToDouble(this Scalar value) => value.ToDoubleCore();
    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64Core());
    public static long ToInt64(this Scalar value) => value.ToInt64Core();
    public static bool ToBoolean(this Scalar value) => value.ToDoubleCore() != 0;
}

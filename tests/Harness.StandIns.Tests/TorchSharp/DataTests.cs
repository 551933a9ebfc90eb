using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

public sealed class DataTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Rejects a route through another element type, and memory shared with the array.</summary>
    [Fact]
    public void Numbers_return_bit_for_bit()
    {
        double[] doubles = [0.1, -0.0, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity];
        float[] floats = [0.1f, -0.0f, float.MaxValue, float.Epsilon, float.NaN, float.NegativeInfinity];
        long[] longs = [long.MinValue, -1, 0, (1L << 53) + 1, long.MaxValue];
        var (d, f, l) = (tensor(doubles), tensor(floats), tensor(longs));
        Assert.Equal((float64, float32, int64), (d.dtype, f.dtype, l.dtype));
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits),
            d.data<double>().ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(floats.Select(BitConverter.SingleToInt32Bits),
            f.data<float>().ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(longs, l.data<long>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        doubles[0] = 7;
        Assert.Equal(0.1, d[0].item<double>());
    }

    [Fact]
    public void Shapes_come_from_arrays_and_dimensions()
    {
        Assert.Equal([2, 3], tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal([2, 1, 3], tensor(new double[2, 1, 3]).shape);
        Assert.Equal([3, 2], tensor(new double[6], [3, 2]).shape);
        Assert.Equal([0], tensor(Array.Empty<double>()).shape);
        Assert.Empty(tensor(3.5).shape);
        Assert.Equal([2], tensor((IList<double>)new List<double> { 1, 2 }).shape);
        Assert.Equal(float32, tensor(new[] { 1.5 }, dtype: float32).dtype);
        Assert.Throws<ArgumentException>(() => tensor(new double[5], [3, 2]));
    }

    /// <summary>Rejects an accessor that ignores strides: transposed, narrowed and expanded views.</summary>
    [Fact]
    public void Accessor_follows_strides()
    {
        var x = tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } });
        var transposed = x.t();
        Assert.Equal([1.0, 4, 2, 5, 3, 6], transposed.data<double>().ToArray());
        Assert.Equal(6, transposed.data<double>()[2, 1]);
        Assert.Equal([2.0, 3, 5, 6], x.narrow(1, 1, 2).data<double>().ToArray());
        Assert.Equal([1.0, 1, 4, 4], x.narrow(1, 0, 1).expand(2, 2).data<double>().ToArray());
        Assert.Equal([4.0, 5, 6], x[1].data<double>());
        var target = new double[6];
        transposed.data<double>().CopyTo(target);
        Assert.Equal([1.0, 4, 2, 5, 3, 6], target);
        transposed.data<double>()[0, 1] = 40;
        Assert.Equal(40, x[1, 0].item<double>());
        Assert.ThrowsAny<Exception>(() => x.data<double>()[2, 0]);
    }

    /// <summary>Rejects reinterpreted bytes: reading float32 data as float64.</summary>
    [Fact]
    public void Element_types_must_match()
    {
        Assert.Throws<ArgumentException>(() => zeros(3, dtype: float32).data<double>());
        Assert.Throws<ArgumentException>(() => zeros(1, dtype: int64).item<double>());
        Assert.Throws<ArgumentException>(() => zeros(2, dtype: float64).item<double>());
    }

    [Fact]
    public void Scalars_convert()
    {
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2.5f, tensor(2.5).ToSingle());
        Assert.Equal(3, tensor(3L).ToInt64());
        Assert.Equal(3, tensor(3L).ToDouble());
        Assert.True(tensor(true).ToBoolean());
        Assert.Equal(2.5, (double)tensor(2.5));
    }

    [Fact]
    public void Types_and_devices_convert()
    {
        var x = tensor(new[] { 1.75, -2.5 });
        Assert.Equal([1.75f, -2.5f], x.to(float32).data<float>().ToArray());
        Assert.Equal([1L, -2], x.to(int64).data<long>().ToArray());
        Assert.Equal(DeviceType.CPU, x.to(CPU).device.type);
        Assert.Equal("cpu", x.cpu().device.ToString());
        Assert.Equal("cuda:1", device("cuda:1").ToString());
        Assert.Throws<ArgumentException>(() => device("abacus"));
        Assert.Equal(float64, (x + tensor(new[] { 1f, 1 })).dtype);
        Assert.Equal(int64, arange(3).dtype);
        Assert.Equal(float32, arange(0, 3, 0.5).dtype);
        Assert.Equal(float32, zeros(3).dtype);
    }

    /// <summary>Rejects a generator that ignores its seed, and factories that ignore the generator.</summary>
    [Fact]
    public void Seeds_fix_random_numbers()
    {
        using var first = new Generator(5);
        using var second = new Generator(5);
        using var other = new Generator(6);
        double[] Draw(Generator generator) => randn(4, 2, dtype: float64, generator: generator).data<double>().ToArray();

        var numbers = Draw(first);
        Assert.Equal(numbers, Draw(second));
        Assert.NotEqual(numbers, Draw(other));
        Assert.NotEqual(numbers, Draw(first));
        Assert.All(randint(3, 7, [100], generator: first).data<long>(), value => Assert.InRange(value, 3, 6));
        Assert.Equal([0L, 1, 2, 3, 4], randperm(5, generator: first).data<long>().ToArray().Order());
    }
}

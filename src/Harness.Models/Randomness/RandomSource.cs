namespace Harness.Models;

/// <summary>
/// The only source of randomness: PCG32 (XSH-RR, 64-bit state, 32-bit output), seeded and streamed as in the reference implementation.
/// Integers and uniforms have the same bits on every machine; Gaussians go through <c>log</c> and <c>cos</c> and may differ in the last place.
/// Not thread-safe: give each thread its own stream.
/// </summary>
/// <remarks>M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014.</remarks>
public sealed class RandomSource
{
    private const ulong Multiplier = 6364136223846793005UL;

    private readonly ulong _increment;
    private ulong _state;
    private double? _spareGaussian;

    /// <summary>Creates a generator; different streams of one seed are independent sequences.</summary>
    public RandomSource(ulong seed, ulong stream = 0)
    {
        _increment = (stream << 1) | 1;
        NextUInt32();
        _state += seed;
        NextUInt32();
    }

    /// <summary>A generator whose stream is derived from a name, so that adding one use of randomness never shifts another.</summary>
    public static RandomSource Named(ulong seed, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var hash = 14695981039346656037UL; // FNV-1a, 64 bit
        foreach (var unit in purpose)
            hash = (hash ^ unit) * 1099511628211UL;
        return new RandomSource(seed, hash);
    }

    /// <summary>Uniform over all 32-bit values.</summary>
    public uint NextUInt32()
    {
        var old = _state;
        _state = unchecked(old * Multiplier + _increment);
        var shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>Uniform over <c>0 … bound − 1</c>, without modulo bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var threshold = (uint)-bound % (uint)bound;
        uint value;
        do
            value = NextUInt32();
        while (value < threshold);
        return (int)(value % (uint)bound);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        var bits = ((ulong)NextUInt32() << 32) | NextUInt32();
        return (bits >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Standard normal (Box–Muller).</summary>
    public double NextGaussian()
    {
        if (_spareGaussian is { } spare)
        {
            _spareGaussian = null;
            return spare;
        }
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareGaussian = radius * sin;
        return radius * cos;
    }

    /// <summary><paramref name="count"/> standard normals.</summary>
    public double[] Gaussians(long count)
    {
        var values = new double[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = NextGaussian();
        return values;
    }

    /// <summary>A uniformly random order of <c>0 … count − 1</c> (Fisher–Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}

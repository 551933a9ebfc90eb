using System.Diagnostics;
using Harness.Numerics;
using TorchSharp;

namespace Harness.Cli;

/// <summary>Another operator, with the time spent in its products.</summary>
internal sealed class TimedOperator : ISymmetricOperator
{
    private readonly ISymmetricOperator _inner;
    private readonly Func<TimeSpan> _now;
    private readonly TimedOperator _total;
    private TimeSpan _elapsed;

    /// <summary>Times by the wall clock.</summary>
    public TimedOperator(ISymmetricOperator inner)
        : this(inner, () => Stopwatch.GetElapsedTime(0))
    {
    }

    /// <summary>Times by a clock of the caller's.</summary>
    public TimedOperator(ISymmetricOperator inner, Func<TimeSpan> now)
        : this(inner, now, null)
    {
    }

    private TimedOperator(ISymmetricOperator inner, Func<TimeSpan> now, TimedOperator? total)
    {
        (_inner, _now, _total) = (inner, now, total ?? this);
        Reference = ReferenceEquals(inner.Reference, inner) ? this : new TimedOperator(inner.Reference, now, _total);
    }

    public long Dimension => _inner.Dimension;

    public ISymmetricOperator Reference { get; }

    public ILocalFunction? Function => _inner.Function;

    /// <summary>Time of all products so far, those of the reference included.</summary>
    public TimeSpan Elapsed => _total._elapsed;

    public torch.Tensor Multiply(torch.Tensor block)
    {
        var start = _now();
        try
        {
            return _inner.Multiply(block);
        }
        finally
        {
            _total._elapsed += _now() - start;
        }
    }
}

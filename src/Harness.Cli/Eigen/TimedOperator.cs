using System.Diagnostics;
using Harness.Numerics;
using TorchSharp;

namespace Harness.Cli;

/// <summary>Another operator, with the time spent in its products.</summary>
internal sealed class TimedOperator : ISymmetricOperator
{
    private readonly ISymmetricOperator _inner;
    private readonly Stopwatch _watch;

    public TimedOperator(ISymmetricOperator inner)
        : this(inner, new Stopwatch())
    {
    }

    private TimedOperator(ISymmetricOperator inner, Stopwatch watch)
    {
        (_inner, _watch) = (inner, watch);
        Reference = ReferenceEquals(inner.Reference, inner) ? this : new TimedOperator(inner.Reference, watch);
    }

    public long Dimension => _inner.Dimension;

    public ISymmetricOperator Reference { get; }

    /// <summary>Wall time of all products so far, those of the reference included.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    public torch.Tensor Multiply(torch.Tensor block)
    {
        _watch.Start();
        try
        {
            return _inner.Multiply(block);
        }
        finally
        {
            _watch.Stop();
        }
    }
}

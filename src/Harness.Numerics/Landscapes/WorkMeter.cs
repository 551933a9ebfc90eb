namespace Harness.Numerics;

/// <summary>
/// Counts what landscapes and their operators compute while it runs, in the flow of control that began it: calls, tasks and threads that are started there, and
/// nothing that runs beside them. One begun inside another takes its place until it ends, and hands its counts on.
/// </summary>
public sealed class WorkMeter : IDisposable
{
    private static readonly AsyncLocal<WorkMeter?> s_current = new();

    private readonly WorkMeter? _outer;
    private long _gradients;
    private long _products;
    private bool _ended;

    private WorkMeter() => (_outer, s_current.Value) = (s_current.Value, this);

    /// <summary>Gradients of a loss over its whole data set, one for each operator that was made included.</summary>
    public long Gradients => Interlocked.Read(ref _gradients);

    /// <summary>Products of one vector with a Hessian, a Jacobian of outputs or its transpose; one with a Gauss–Newton matrix is two.</summary>
    public long Products => Interlocked.Read(ref _products);

    /// <summary>Begins to count.</summary>
    public static WorkMeter Begin() => new();

    /// <summary>Ends counting, in the flow that began it.</summary>
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        s_current.Value = _outer;
    }

    internal static void AddGradient()
    {
        for (var meter = s_current.Value; meter is not null; meter = meter._outer)
            Interlocked.Increment(ref meter._gradients);
    }

    internal static void AddProducts(long count)
    {
        for (var meter = s_current.Value; meter is not null; meter = meter._outer)
            Interlocked.Add(ref meter._products, count);
    }
}

namespace Harness.Numerics;

/// <summary>
/// When to look whether an iteration has converged. A look costs a small eigenvalue problem, a step too many costs a product: seldom as long as much is
/// missing, each step near the end.
/// </summary>
/// <param name="longest">Most steps between two looks as long as the rate of convergence is unknown, at least 1; once it is, twice as many.</param>
internal sealed class CheckSchedule(int longest)
{
    /// <summary>Convergence speeds up towards the end, so a straight line would arrive too late.</summary>
    private const double Caution = 0.5;

    private (int Step, double Excess)? _last;

    /// <summary>The step of the next look; the first is due at once.</summary>
    internal int Next { get; private set; }

    /// <summary>Takes in what a look has shown: the worst residual relative to its limit, above 1.</summary>
    internal void Saw(int step, double excess)
    {
        var wait = (double)longest;
        if (_last is { } last && excess < last.Excess && double.IsFinite(last.Excess))
            wait = Math.Min(2 * longest, Caution * Math.Log(excess) / (Math.Log(last.Excess / excess) / (step - last.Step)));
        (_last, Next) = ((step, excess), step + (int)Math.Max(wait, 1));
    }
}

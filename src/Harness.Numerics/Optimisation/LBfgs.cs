namespace Harness.Numerics;

/// <summary>
/// Minimises a smooth function by limited-memory BFGS: the step is <c>−H∇f</c>, with the inverse curvature H built from the last pairs
/// <c>s = Δx</c>, <c>y = Δ∇f</c> by the two-loop recursion, and a strong-Wolfe line search along it, so that <c>sᵀy &gt; 0</c> and H stays positive
/// definite on functions that are not convex. Deterministic; float64; one instance may serve several threads.
/// </summary>
/// <remarks>
/// D. C. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", 1989. Directions along which the gradient has no component
/// are never entered: the point moves in <c>x₀ + span of the gradients seen</c>.
/// </remarks>
/// <param name="options">Tolerance, iterations, memory; null: the defaults.</param>
public sealed class LBfgs(LBfgsOptions? options = null)
{
    private readonly LBfgsOptions _options = options ?? new LBfgsOptions();

    /// <summary>Minimises from a starting point.</summary>
    /// <param name="function">
    /// Value and gradient <c>[n]</c> at a point <c>[n]</c>. A value that is not finite is taken for a step too far. It must not keep or change its argument.
    /// </param>
    /// <param name="start">x₀ <c>[n]</c>; left as it is.</param>
    /// <param name="progress">Receives ‖∇f‖ after every step; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between evaluations.</param>
    /// <exception cref="ArgumentException">The start is empty, f or its gradient is not finite there, or the gradient has another length.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LBfgsResult Minimise(
        Func<double[], (double Value, double[] Gradient)> function, double[] start, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        _options.Validate();
        var evaluations = 0;
        (double Value, double[] Gradient) Evaluate(double[] point)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluations++;
            var (value, gradient) = function(point);
            return gradient.Length == point.Length
                ? (value, gradient)
                : throw new ArgumentException($"The gradient of {point.Length} variables has {gradient.Length} entries.", nameof(function));
        }

        double[] point = [.. start];
        var (value, gradient) = start.Length > 0 ? Evaluate(point) : throw new ArgumentException("There is nothing to minimise over.", nameof(start));
        if (!double.IsFinite(value) || !double.IsFinite(Vectors.Norm(gradient)))
            throw new ArgumentException($"The function is not finite at the start: value {value}, gradient norm {Vectors.Norm(gradient)}.", nameof(start));
        var memory = new CurvatureMemory(_options.Memory);
        for (var iteration = 0; ; iteration++)
        {
            var norm = Vectors.Norm(gradient);
            LBfgsResult Ended(LBfgsEnd end) => new(point, value, norm, iteration, evaluations, end);
            if (iteration > 0)
                progress?.Report(norm);
            if (norm <= _options.GradientTolerance)
                return Ended(LBfgsEnd.Converged);
            if (iteration == _options.MostIterations)
                return Ended(LBfgsEnd.IterationLimit);
            var step = Step(Evaluate, memory, point, value, gradient);
            if (step is null && memory.Count > 0)
            {
                // What was remembered may be of another region: once more along the gradient.
                memory.Clear();
                step = Step(Evaluate, memory, point, value, gradient);
            }
            if (step is not { } found)
                return Ended(LBfgsEnd.LineSearchStalled);
            memory.Add(Vectors.Difference(found.Point, point), Vectors.Difference(found.Gradient, gradient));
            (point, value, gradient) = (found.Point, found.Value, found.Gradient);
        }
    }

    private static (double[] Point, double Value, double[] Gradient)? Step(
        Func<double[], (double Value, double[] Gradient)> evaluate, CurvatureMemory memory, double[] point, double value, double[] gradient)
    {
        var direction = memory.Direction(gradient);
        var slope = Vectors.Dot(gradient, direction);
        (double[] Point, double Value, double[] Gradient)? last = null;
        (double, double) Along(double length)
        {
            var trial = Vectors.Moved(point, direction, length);
            var (there, slopes) = evaluate(trial);
            last = (trial, there, slopes);
            return (there, Vectors.Dot(slopes, direction));
        }

        // Without curvature a gradient has no length of its own: move by at most 1.
        var first = memory.Count > 0 ? 1 : Math.Min(1, 1 / Vectors.Norm(gradient));
        // The search ends at the step that it evaluated last.
        return StrongWolfe.Search(Along, value, slope, first) is not null ? last : null;
    }
}

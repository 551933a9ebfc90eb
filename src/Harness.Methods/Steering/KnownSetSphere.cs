using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// The second semi-supervised form (methods.md M3): only the set to ablate and a mixture are known. On spheres around θ* inside the top eigenspace of the set
/// to ablate, the loss on the mixture is minimised: the network moves far along what the known set depends on, and keeps whatever else serves the mixture.
/// </summary>
/// <remarks>
/// In the task, <see cref="SteeringTask.Keep"/> names the mixture and <see cref="SteeringTask.Ablate"/> the known set. <c>z/‖z‖</c> is written with a free z, so
/// the radius is exact at every step. A radius starts where the last one ended; the first one at both senses of the top eigenvector and keeps the better.
/// </remarks>
/// <param name="eigenvectors">k; default 35.</param>
/// <param name="dataType">Precision of products and gradients.</param>
/// <param name="cache">Shares eigenvectors with other methods on the same model; null: computes its own.</param>
public sealed class KnownSetSphere(int eigenvectors = 35, ScalarType dataType = ScalarType.Float64, EigenspaceCache? cache = null) : ISteeringMethod
{
    /// <summary>Radii as shares of ‖θ*‖.</summary>
    private static readonly double[] s_radii = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

    private const int Iterations = 40;

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "known-set-sphere", "1", "Least loss on a mixture on spheres in the top eigenspace of the known set to ablate.", IsStochastic: false);

    /// <inheritdoc/>
    public SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var solves = new SteeringSolves(subject, context, dataType, cache);
        var (origin, eigenspace) = (subject.Model.Parameters, solves.Top(task.Ablate, eigenvectors));
        if (eigenspace.Values.Length == 0)
            return new SteeringAnswer(Describe(), null, [], [.. eigenspace.Remarks, $"{task.Ablate} has no eigenspace to search"]);
        var (mixture, unit, basis) = (solves.Landscape(task.Keep), origin.norm().ToDouble(), eigenspace.Vectors());
        double[]? start = null;
        List<SteeringDirection> directions = [];
        foreach (var radius in s_radii)
        {
            var ends = (start is null ? Senses(eigenspace.Values.Length) : [start])
                .Select(from => Minimise(mixture, origin, basis, radius * unit, from, context.Cancellation))
                .ToList();
            start = Normalised(ends.MinBy(end => end.Value)!.Point);
            directions.Add(new SteeringDirection($"r{radius:g2}", tensor(start).matmul(basis)));
            context.Progress?.Report((double)directions.Count / s_radii.Length);
        }
        return new SteeringAnswer(Describe(), null, directions, eigenspace.Remarks).MoveToOuterDisposeScope();
    }

    private static double[][] Senses(int count) => [[1, .. new double[count - 1]], [-1, .. new double[count - 1]]];

    private static double[] Normalised(double[] point)
    {
        var length = Math.Sqrt(point.Sum(entry => entry * entry));
        return [.. point.Select(entry => entry / length)];
    }

    private static LBfgsResult Minimise(
        LossLandscape mixture, Tensor parameters, Tensor basis, double radius, double[] start, CancellationToken cancellation)
    {
        return new LBfgs(new LBfgsOptions(MostIterations: Iterations)).Minimise(OnSphere, start, cancellation: cancellation);

        (double, double[]) OnSphere(double[] point)
        {
            using var scope = NewDisposeScope();
            var z = tensor(point);
            var length = z.norm();
            var (value, gradient) = mixture.ValueAndGradient(parameters + (z / length).matmul(basis) * radius);
            // The derivative of z/‖z‖ takes off the radial part and divides by the length.
            var inside = basis.matmul(gradient);
            var tangent = (inside - z * (z.dot(inside) / length.square())) * (radius / length);
            return (value, tangent.contiguous().data<double>().ToArray());
        }
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>The searches around one fixed centre: all eigenspaces, starts and radii (methods.md M4).</summary>
/// <param name="model">Network and loss; the loss must have weight decay, without which every subnetwork grows.</param>
/// <param name="data">The samples.</param>
/// <param name="options">The recipe.</param>
/// <param name="context">Seed, device, progress, cancellation.</param>
internal sealed class SphereWalk(Model model, DataSet data, SphereSearchOptions options, Decompositions.MethodContext context)
{
    private readonly LossLandscape _landscape = new(model.Network, model.Loss, data, new LandscapeOptions(Device: context.Device));

    /// <summary>Evaluations of value and gradient so far.</summary>
    internal long Gradients => _landscape.Gradients;

    /// <summary>Hessian products so far.</summary>
    internal long Products { get; private set; }

    /// <summary>All paths from a centre; tensors belong to the caller's dispose scope.</summary>
    /// <param name="center">θ0, <c>[P]</c>.</param>
    /// <param name="frozen">What must not move.</param>
    /// <param name="stream">Distinguishes the random starts of this walk from those of others.</param>
    internal IReadOnlyList<SpherePath> From(Tensor center, Subspace frozen, string stream)
    {
        using var scope = NewDisposeScope();
        var (vectors, values) = Eigenvectors(center, frozen);
        var free = frozen.Dimension == 0 ? center : frozen.ProjectOff(center.unsqueeze(0))[0];
        var (unit, penalty) = (free.norm().ToDouble(), options.PenaltyShare * values[0]);
        var growth = new LogitGrowth(_landscape, center);
        List<SpherePath> paths = [];
        var sizes = options.EigenShares.Select(share => Size(share, center.shape[0] - frozen.Dimension, values.Length)).Distinct().ToList();
        foreach (var size in sizes)
            for (var start = 0; start < options.Starts; start++)
            {
                var random = RandomSource.Named(context.Seed, $"sphere {stream}, {size} eigenvectors, start {start}");
                var eigenspace = vectors.narrow(0, 0, size);
                var first = tensor(random.Gaussians(size)).matmul(eigenspace);
                paths.Add(Walk(center, eigenspace, frozen, unit, penalty, first, growth, start).MoveToOuterDisposeScope());
                context.Progress?.Report((double)paths.Count / (sizes.Count * options.Starts));
            }
        return paths;
    }

    private SpherePath Walk(
        Tensor center, Tensor eigenspace, Subspace frozen, double unit, double penalty, Tensor first, LogitGrowth growth, int start)
    {
        var point = first.data<double>().ToArray();
        List<SpherePoint> points = [];
        foreach (var share in options.Radii)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var objective = new SphereObjective(_landscape, center, eigenspace, frozen, share * unit, penalty);
            var end = new LBfgs(new LBfgsOptions(GradientTolerance: 0, MostIterations: options.Iterations)).Minimise(objective.At, point, cancellation: context.Cancellation);
            point = end.Point;
            var displacement = objective.Displacement(point);
            var (crossEntropy, ratio) = growth.At(center + displacement);
            points.Add(new SpherePoint(share * unit, displacement, crossEntropy, ratio, end.Value));
        }
        return new SpherePath((int)eigenspace.shape[0], start, points, first / first.norm() * points[^1].Radius);
    }

    /// <summary>K, a share of the dimensions that are left to move in: with a share of all of them, late rounds would search most of what is left.</summary>
    private static int Size(double share, long free, int most) => Math.Clamp((int)Math.Round(share * free), 1, most);

    /// <summary>Leading eigenvectors off what is frozen, as many as the largest eigenspace needs.</summary>
    private (Tensor Vectors, double[] Values) Eigenvectors(Tensor center, Subspace frozen)
    {
        using var scope = NewDisposeScope();
        using var hessian = _landscape.Hessian(center);
        var counted = new CountingOperator(hessian);
        ISymmetricOperator op = frozen.Dimension == 0 ? counted : ProjectedOperator.Off(counted, frozen);
        var free = (int)(op.Dimension - frozen.Dimension);
        var isDense = op.Dimension <= options.DenseUpTo;
        var most = isDense ? free : Math.Min(free, options.MostEigenvectors);
        var count = options.EigenShares.Max(share => Size(share, free, most));
        IEigensolver solver = isDense ? new DenseEigensolver() : new ThickRestartLanczos();
        var pairs = solver.Solve(op, new EigenRequest(count, Seed: context.Seed) { ProofDimension = 0, HasValidity = false }, null, context.Cancellation);
        Products += counted.Products;
        // What is frozen is null space of the operator; its vectors must not come in through rounding.
        var rows = frozen.Dimension == 0 ? pairs.Vectors : DenseSubspace.Span(frozen.ProjectOff(pairs.Vectors)).Basis();
        return (rows.clone().MoveToOuterDisposeScope(), pairs.Values);
    }
}

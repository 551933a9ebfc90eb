using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The distribution of all eigenvalues of a symmetric operator, <c>φ(x) = 1/n·Σ_i δ(x − λ_i)</c>, smoothed by a Gaussian kernel and with error bars: by
/// stochastic Lanczos quadrature with full reorthogonalisation.
/// </summary>
/// <remarks>
/// L. Lin, Y. Saad, C. Yang, "Approximating spectral densities of large matrices", 2016; S. Ubaru, J. Chen, Y. Saad, 2017. A probe is uniform on the
/// unit sphere, so that its quadrature has mass 1 and no bias at any n. Products run in the operator's working precision, whose noise moves
/// nodes by η‖A‖.
/// </remarks>
public sealed record SpectralDensity
{
    /// <summary>The kernel is evaluated up to this many widths beyond the outermost nodes: what lies further out is 2e-9 of its mass.</summary>
    private const double Margin = 6;

    private const int PointsPerWidth = 2;

    /// <summary>A grid over less of a range than this share of its distance from zero would run out of digits.</summary>
    private const double LeastRange = 1e-9;

    /// <summary>Points x, ascending and evenly spaced by half the kernel's width or less; they cover the spectrum and the kernel's tails.</summary>
    public required double[] Grid { get; init; }

    /// <summary>φ smoothed, per unit of x, at the grid's points. Its integral is 1.</summary>
    public required double[] Density { get; init; }

    /// <summary>Standard errors of <see cref="Density"/>: the spread between the probes.</summary>
    public required double[] StandardErrors { get; init; }

    /// <summary>Standard deviation of the kernel, in units of x.</summary>
    public required double Width { get; init; }

    /// <summary>The quadrature of each probe, unsmoothed.</summary>
    public required IReadOnlyList<LanczosQuadrature> Quadratures { get; init; }

    /// <summary>Mean eigenvalue <c>tr A / n</c>.</summary>
    public required EstimatedValue Mean { get; init; }

    /// <summary>Mean squared eigenvalue <c>‖A‖_F² / n</c>.</summary>
    public required EstimatedValue MeanSquare { get; init; }

    /// <summary>Products spent.</summary>
    public required long Products { get; init; }

    /// <summary>Estimates the density.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="request">Probes, steps, seed; null: the defaults.</param>
    /// <param name="progress">Receives the share of the work done, 0 … 1.</param>
    /// <param name="cancellation">Honoured before every product.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NonFiniteProductException">A product held NaN or infinity.</exception>
    public static SpectralDensity Estimate(
        ISymmetricOperator op, DensityRequest? request = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        request ??= new DensityRequest();
        request.Validate();
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var measured = new MeasuredOperator(op, cancellation);
        var random = RandomSource.Named(request.Seed, "spectral density");
        var steps = (int)Math.Min(request.Steps, op.Dimension);
        var quadratures = new List<LanczosQuadrature>();
        for (var probe = 0; probe < request.Probes; probe++)
        {
            using var inner = NewDisposeScope();
            var vector = Blocks.Gaussian(random, 1, op.Dimension)[0];
            var (before, done) = (measured.Products, probe);
            quadratures.Add(LanczosQuadrature.Of(measured, vector / vector.norm(), steps, () =>
                progress?.Report((done + (measured.Products - before) / (double)steps) / request.Probes)));
        }
        progress?.Report(1);
        return Of(quadratures, request.RelativeWidth ?? 1.5 / request.Steps, measured.Scale) with { Products = measured.Products };
    }

    /// <summary>The share of eigenvalues in a closed interval, unsmoothed: an atom at 0, or what is negative.</summary>
    /// <param name="low">Lower end; may be infinite.</param>
    /// <param name="high">Upper end; may be infinite.</param>
    /// <remarks>Nodes that have not converged stand for the eigenvalues around them, so ends should lie in gaps of the spectrum.</remarks>
    public EstimatedValue Share(double low, double high) =>
        EstimatedValue.Of([.. Quadratures.Select(quadrature => quadrature.Sum(node => node >= low && node <= high ? 1 : 0))]);

    /// <summary>Smooths quadratures in scaled units; moments are taken there, where squares cannot overflow.</summary>
    internal static SpectralDensity Of(IReadOnlyList<LanczosQuadrature> quadratures, double relativeWidth, double scale)
    {
        var (low, high) = (quadratures.Min(quadrature => quadrature.Nodes[0]), quadratures.Max(quadrature => quadrature.Nodes[^1]));
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        // A multiple of the identity has no range but rounding; its kernel is measured by the eigenvalue, and by 1 at zero.
        var range = high - low > LeastRange * size ? high - low : size > 0 ? size : 1;
        var width = relativeWidth * range;
        var intervals = (int)Math.Ceiling((high - low + 2 * Margin * width) / (width / PointsPerWidth));
        var spacing = (high - low + 2 * Margin * width) / intervals;
        double[] grid = [.. Enumerable.Range(0, intervals + 1).Select(i => low - Margin * width + i * spacing)];
        var values = grid.Select(x => EstimatedValue.Of([.. quadratures.Select(quadrature => quadrature.Sum(node => Kernel((x - node) / width) / width))], 1 / scale));
        EstimatedValue[] densities = [.. values];
        return new SpectralDensity
        {
            Grid = [.. grid.Select(x => x * scale)],
            Density = [.. densities.Select(density => density.Value)],
            StandardErrors = [.. densities.Select(density => density.StandardError)],
            Width = width * scale,
            Quadratures = [.. quadratures.Select(quadrature => quadrature with { Nodes = [.. quadrature.Nodes.Select(node => node * scale)] })],
            Mean = EstimatedValue.Of([.. quadratures.Select(quadrature => quadrature.Sum(node => node))], scale),
            MeanSquare = EstimatedValue.Of([.. quadratures.Select(quadrature => quadrature.Sum(node => node * node))], scale * scale),
            Products = 0,
        };
    }

    private static double Kernel(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}

using Harness.Grading;
using System.Diagnostics;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>
/// What <c>harness density --json</c> prints. The density is per unit of the grid, smoothed by a Gaussian of standard deviation <c>Width</c>; standard
/// errors are the spread between the probes; the moments are those of the unsmoothed spectrum, <c>tr A/n</c> and <c>‖A‖_F²/n</c>.
/// </summary>
internal sealed record DensityView(
    string Model, ulong ModelSeed, ulong Seed, string Disguise, string Data, long Parameters, long Dimension, long Samples, string Operator, bool OffGradient,
    string? Tensors,
    string Dtype, string Device, int Threads, int Probes, int Steps,
    double[] Grid, double[] Density, double[] StandardErrors, double Width, EstimatedValue Mean, EstimatedValue MeanSquare,
    double LowestNode, double HighestNode, long Products, long Gradients, EigenView.SecondsView Seconds, double PeakMemoryMiB)
{
    internal static DensityView Of(CurvatureSubject subject, DensityRequest request, SpectralDensity density, EigenView.SecondsView seconds) => new(
        subject.Model, subject.Settings.ModelSeed, request.Seed, (subject.Settings.Disguise ?? CaseDisguise.None).Label, subject.Landscape.Data.Name,
        subject.Landscape.Dimension, subject.Operator.Dimension, subject.Landscape.Data.Count, subject.Name, subject.OffGradient, subject.Tensors,
        subject.Settings.Dtype, subject.Settings.Device, subject.Settings.Threads, request.Probes, request.Steps,
        density.Grid, density.Density, density.StandardErrors, density.Width, density.Mean, density.MeanSquare,
        density.Quadratures.Min(quadrature => quadrature.Nodes[0]), density.Quadratures.Max(quadrature => quadrature.Nodes[^1]),
        density.Products, subject.Landscape.Gradients, seconds, Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024));
}

using Harness.Decompositions;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>The losses and eigenspaces that the steering methods start from, of one subject.</summary>
/// <param name="subject">The model and its data.</param>
/// <param name="context">Seed, device, progress, cancellation.</param>
/// <param name="dataType">Precision of products and gradients.</param>
/// <param name="cache">Shares eigenvectors with other methods on the same model; null: everything is computed here.</param>
internal sealed class SteeringSolves(Subject subject, MethodContext context, ScalarType dataType, EigenspaceCache? cache)
{
    /// <summary>The loss on one data set.</summary>
    /// <param name="set">Its name.</param>
    internal LossLandscape Landscape(string set) => new(
        subject.Model.Network, subject.Model.Loss, subject.Data(set), new LandscapeOptions(DataType: dataType, Device: context.Device));

    /// <summary>The top eigenvectors of a set's Hessian; tensors in the caller's dispose scope, or the cache's.</summary>
    /// <param name="set">Name of the data set.</param>
    /// <param name="count">k, at least 0.</param>
    /// <param name="offGradient">Whether θ* is no minimum: see <see cref="HessianSteeringOptions.OffGradient"/>.</param>
    internal TopEigenspace Top(string set, int count, bool offGradient = false)
    {
        TopEigenspace Solve() => TopEigenspace.Of(Landscape(set), subject.Model.Parameters, count, offGradient, context.Seed, context.Progress, context.Cancellation);
        return cache is null ? Solve() : cache.Get(set, offGradient, count, Solve);
    }
}

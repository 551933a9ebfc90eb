using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>random</c>: subnetworks that know nothing. Each is a uniformly random (Haar) subspace, and a Gaussian component of norm <c>‖θ*‖/√n</c>, so that
/// the n components together are about as long as θ*. Whatever a grader gives this is the value of no information.
/// </summary>
public sealed class RandomSubspaces(RandomOptions? options = null) : IDecompositionMethod
{
    private readonly RandomOptions _options = (options ?? new RandomOptions()).Validated();

    /// <inheritdoc/>
    public MethodInfo Describe() => new("random", "1", "Random subspaces and Gaussian components; knows nothing of the model.", IsStochastic: true);

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var length = subject.Model.Network.Layout.Length;
        var count = (int)Math.Min(_options.Count, length);
        var rank = (int)Math.Min(length / count, _options.MaximumRank);
        var norm = subject.Model.Parameters.square().sum().sqrt().ToDouble() / Math.Sqrt(count);
        var random = RandomSource.Named(context.Seed, "random-subspaces");
        var subnetworks = new Subnetwork[count];
        for (var i = 0; i < count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var gaussian = tensor(random.Gaussians(length), dtype: float64);
            var component = gaussian * (norm / gaussian.square().sum().sqrt().ToDouble());
            subnetworks[i] = new Subnetwork($"random {i}", Subspaces.Random(length, rank, random), component);
            context.Progress?.Report((i + 1.0) / count);
        }
        return new Decomposition(Describe(), subnetworks, new Dictionary<string, string> { ["rank"] = $"{rank}" })
            .MoveToOuterDisposeScope();
    }
}

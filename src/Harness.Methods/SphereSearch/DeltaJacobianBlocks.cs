using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>delta-jacobian-blocks</c>: the purification of <see cref="SphereSearch"/> started from random displacements, without any search. A block finder of its
/// own on exactly parallel models, and the reason why a sphere search is scored on its raw displacement.
/// </summary>
public sealed class DeltaJacobianBlocks : IDecompositionMethod
{
    /// <summary>Most displacements that are tried. Some lie so evenly between two subnetworks that fifteen steps do not part them; another one does.</summary>
    private const int Displacements = 16;

    /// <summary>Length of a random displacement, as a share of the norm of what may move: where sphere searches end.</summary>
    private const double Reach = 0.6;

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "delta-jacobian-blocks", "1", "Purified changes of the output gradients under random displacements.", IsStochastic: true);

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var (model, center) = (subject.Model, subject.Model.Parameters.detach());
        var delta = new DeltaJacobian(model, subject.DataSets[0], center, context);
        var whole = delta.Origin.square().sum().ToDouble();
        var frozen = new DenseSubspace(zeros([0, center.shape[0]], dtype: ScalarType.Float64));
        List<Subnetwork> subnetworks = [];
        for (var round = 0; round < Displacements; round++)
        {
            var random = RandomSource.Named(context.Seed, $"displacement {round}");
            var displacement = frozen.ProjectOff(tensor(random.Gaussians(center.shape[0])).unsqueeze(0))[0];
            displacement *= Reach * frozen.ProjectOff(center.unsqueeze(0)).norm().ToDouble() / displacement.norm().ToDouble();
            if (Purification.Of(delta, displacement, frozen, random, context.Cancellation) is not { } found)
                continue;
            subnetworks.Add(new Subnetwork($"block {round}", found.Space));
            frozen = DenseSubspace.Span(cat([frozen.Basis(), found.Space.Basis()], 0));
            context.Progress?.Report((round + 1.0) / Displacements);
            if (frozen.ProjectOff(delta.Origin).square().sum().ToDouble() < Purification.NothingLeft * whole)
                break;
        }
        return new Decomposition(Describe(), subnetworks, new Dictionary<string, string>()).MoveToOuterDisposeScope();
    }
}

using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Hessian steering as a decomposition: one subnetwork for each pure data set, the span of its top Hessian eigenvectors. The Jacobian form spans them after
/// projection off the logit gradients of all other pure sets.
/// </summary>
/// <remarks>
/// Pure are the data sets that are not held out (their names do not end in <c>-test</c>) and not mixtures (they do not begin with <c>mixed</c>); the
/// names are all that a subject says of them. It applies where there are two at least. Directions only.
/// </remarks>
public sealed class SteeringEigenspaces(SteeringComplement complement = SteeringComplement.Hessian) : IDecompositionMethod
{
    /// <summary>Eigenvectors per data set.</summary>
    private const int Eigenvectors = 10;

    private readonly HessianSteering _steering = new(new HessianSteeringOptions { Complement = complement, Candidates = Eigenvectors, Mixed = 0 });

    /// <inheritdoc/>
    public MethodInfo Describe() => _steering.Describe() with
    {
        Summary = complement == SteeringComplement.Hessian
            ? "One subnetwork per pure data set (of two at least): the span of its top Hessian eigenvectors."
            : "One subnetwork per pure data set (of two at least): its top Hessian eigenvectors off the logit gradients of the others.",
    };

    /// <inheritdoc/>
    public bool AppliesTo(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Pure(subject).Count >= 2;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are fewer than two pure data sets.</exception>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        var pure = Pure(subject);
        if (pure.Count < 2)
            throw new ArgumentException(
                $"One subnetwork per pure data set needs two at least; there are {string.Join(", ", subject.DataSets.Select(set => set.Name))}, of which {pure.Count} pure.",
                nameof(subject));
        using var scope = NewDisposeScope();
        var remarks = new Dictionary<string, string>();
        var subnetworks = pure.Select(set => Subnetwork(subject, set, pure, context, remarks)).ToList();
        return new Decomposition(Describe(), subnetworks, remarks).MoveToOuterDisposeScope();
    }

    private Subnetwork Subnetwork(
        Subject subject, DataSet set, IReadOnlyList<DataSet> pure, MethodContext context, Dictionary<string, string> remarks)
    {
        var eigenspace = _steering.Eigenspace(subject, set.Name, Eigenvectors, context);
        var notes = eigenspace.Remarks.ToList();
        var rows = eigenspace.Vectors();
        if (complement == SteeringComplement.Jacobian)
        {
            var avoided = pure.Where(other => other != set).Select(other => _steering.Avoided(subject, other.Name, context)).ToList();
            var others = avoided.Count == 1 ? avoided[0] : Subspaces.Sum(avoided);
            var (directions, lost) = ProjectedDirections.Of(others, rows, index => $"v{index}");
            notes.AddRange(lost);
            rows = directions.Count == 0 ? rows.narrow(0, 0, 0) : stack([.. directions.Select(direction => direction.Vector)]);
        }
        remarks[set.Name] = notes.Count == 0 ? "complete" : string.Join("; ", notes);
        return new Subnetwork(set.Name, DenseSubspace.Span(rows));
    }

    private static List<DataSet> Pure(Subject subject) =>
        [.. subject.DataSets.Where(set => !set.Name.EndsWith("-test", StringComparison.Ordinal) && !set.Name.StartsWith("mixed", StringComparison.Ordinal))];
}

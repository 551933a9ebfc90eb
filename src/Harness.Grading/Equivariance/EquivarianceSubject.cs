using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>A subject about which equivalent questions can be asked.</summary>
/// <param name="Create">Makes the subject, the same one each time, in the caller's dispose scope.</param>
/// <param name="Disguised">
/// For each kind of disguise that it admits: makes the twin and the map T between the two. The twin's parameters are <c>Tθ*</c> and its outputs are the same.
/// </param>
public sealed record EquivarianceSubject(
    Func<Subject> Create, IReadOnlyDictionary<DisguiseKind, Func<(Subject Twin, ILinearMap Map)>> Disguised)
{
    private const ulong DisguiseSeed = 1;

    /// <summary>A toy model; not disguised itself.</summary>
    public static EquivarianceSubject Of(ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new EquivarianceSubject(
            () => new SubjectCopy(model.ToSubject()).Subject,
            new[] { DisguiseKind.Permute, DisguiseKind.Rotate, DisguiseKind.Rescale }.Where(kind => Disguises.Admits(model, kind))
                .ToDictionary(kind => kind, kind => (Func<(Subject, ILinearMap)>)(() => Twin(model, kind))));
    }

    private static (Subject, ILinearMap) Twin(ToyModel model, DisguiseKind kind)
    {
        var twin = Disguises.Apply(model, kind, DisguiseSeed);
        return (twin.ToSubject(), twin.Disguise!);
    }
}

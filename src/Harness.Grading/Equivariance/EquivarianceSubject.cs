using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Grading;

/// <summary>A subject about which equivalent questions can be asked.</summary>
/// <param name="Create">Makes the subject, the same one each time, in the caller's dispose scope.</param>
/// <param name="Disguised">
/// For each kind of disguise that it admits: makes the twin and the map T between the two. The twin's parameters are <c>Tθ*</c> and its outputs are the same.
/// </param>
public sealed record EquivarianceSubject(
    Func<Subject> Create, IReadOnlyDictionary<DisguiseKind, Func<(Subject Twin, ILinearMap Map)>> Disguised)
{
    private const ulong MostSeeds = 64;

    /// <summary>A toy model; not disguised itself.</summary>
    public static EquivarianceSubject Of(ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new EquivarianceSubject(
            () => new SubjectCopy(model.ToSubject()).Subject,
            new[] { DisguiseKind.Permute, DisguiseKind.Rotate, DisguiseKind.Rescale }.Where(kind => Disguises.Admits(model, kind))
                .ToDictionary(kind => kind, kind => (Func<(Subject, ILinearMap)>)(() => Twin(model, kind))));
    }

    /// <summary>The first disguise that moves anything: one of two permutations of two units does not.</summary>
    private static (Subject, ILinearMap) Twin(ToyModel model, DisguiseKind kind)
    {
        for (ulong seed = 1; seed <= MostSeeds; seed++)
        {
            var twin = Disguises.Apply(model, kind, seed);
            if (twin.Model.Parameters.ne(model.Model.Parameters).any().item<bool>())
                return (twin.ToSubject(), twin.Disguise!);
        }
        throw new InvalidOperationException($"None of {MostSeeds} disguises of kind {kind} changes the parameters of model '{model.Id}'.");
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Harness.Grading.Tests;

/// <summary>A plant, a disguise and a random submission, rebuilt from these numbers.</summary>
/// <param name="Plant">A small exact model.</param>
/// <param name="Disguise">Which of those that it admits; 0: none.</param>
/// <param name="Kind">What the subnetworks are made of.</param>
/// <param name="Count">How many, 1 … 7.</param>
/// <param name="Seed">The rest.</param>
public sealed record SubmissionSpec(SmallPlant Plant, int Disguise, SubmissionKind Kind, int Count, int Seed);

/// <summary>Exact models of up to a few hundred parameters; and one without any regularity.</summary>
public enum SmallPlant { Irregular, Sum, Chains, Fourier }

/// <summary>What subnetworks are made of.</summary>
public enum SubmissionKind { Directions, Masks, Components, Mixture }

/// <summary>Generators; every field is covered evenly and shrinks towards the simplest.</summary>
public static class SubmissionSpecs
{
    public static Arbitrary<SubmissionSpec> Specs() => Arb.From(
        from plant in Gen.Elements(Enum.GetValues<SmallPlant>())
        from disguise in Gen.Choose(0, 4)
        from kind in Gen.Elements(Enum.GetValues<SubmissionKind>())
        from count in Gen.Choose(1, 7)
        from seed in Gen.Choose(0, 1_000_000)
        select new SubmissionSpec(plant, disguise, kind, count, seed),
        spec => Smaller(spec));

    private static IEnumerable<SubmissionSpec> Smaller(SubmissionSpec spec)
    {
        if (spec.Count > 1)
            yield return spec with { Count = spec.Count - 1 };
        if (spec.Disguise > 0)
            yield return spec with { Disguise = 0 };
        if (spec.Kind != SubmissionKind.Directions)
            yield return spec with { Kind = SubmissionKind.Directions };
        if (spec.Plant != SmallPlant.Irregular)
            yield return spec with { Plant = SmallPlant.Irregular };
    }
}

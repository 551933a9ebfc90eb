using FsCheck;
using FsCheck.Fluent;

namespace Harness.Grading.Tests;

/// <summary>From which a small random plant, a disguise and a submission are rebuilt.</summary>
/// <param name="Planted">m, 2 … 4.</param>
/// <param name="Submitted">n, 1 … 5; an empty answer is no answer.</param>
/// <param name="Form">How the planted subspaces are given.</param>
/// <param name="Disguise">The map T.</param>
/// <param name="Seed">The rest.</param>
public sealed record PlantSpec(int Planted, int Submitted, PlantForm Form, MapForm Disguise, int Seed);

/// <summary>How planted subspaces are given.</summary>
public enum PlantForm { DisjointSets, OverlappingSets, Dense }

/// <summary>What kind of map disguises the parameters.</summary>
public enum MapForm { None, Monomial, Orthogonal, General }

/// <summary>Generators; every field is covered evenly and shrinks towards the simplest.</summary>
public static class PlantSpecs
{
    public static Arbitrary<PlantSpec> Specs() => Arb.From(
        from planted in Gen.Choose(2, 4)
        from submitted in Gen.Choose(1, 5)
        from form in Gen.Elements(Enum.GetValues<PlantForm>())
        from disguise in Gen.Elements(Enum.GetValues<MapForm>())
        from seed in Gen.Choose(0, 1_000_000)
        select new PlantSpec(planted, submitted, form, disguise, seed),
        spec => Smaller(spec));

    private static IEnumerable<PlantSpec> Smaller(PlantSpec spec)
    {
        if (spec.Disguise != MapForm.None)
            yield return spec with { Disguise = MapForm.None };
        if (spec.Form != PlantForm.DisjointSets)
            yield return spec with { Form = PlantForm.DisjointSets };
        if (spec.Submitted > 1)
            yield return spec with { Submitted = spec.Submitted - 1 };
        if (spec.Planted > 2)
            yield return spec with { Planted = spec.Planted - 1 };
    }
}

using System.Globalization;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>How a case is made: a model of the catalog, its seed, and a disguise. Equal recipes give equal cases.</summary>
/// <param name="Model">Id in the catalog.</param>
/// <param name="ModelSeed">Seed of the plant.</param>
/// <param name="Disguise">The disguise, or null for none.</param>
/// <param name="DisguiseSeed">Seed of the disguise; without one it is 0.</param>
public sealed record CaseRecipe(string Model, ulong ModelSeed = 0, DisguiseKind? Disguise = null, ulong DisguiseSeed = 0)
{
    /// <summary>Makes the model, in the caller's dispose scope.</summary>
    public ToyModel Build()
    {
        var model = ToyModelCatalog.Create(Model, ModelSeed);
        return Disguise is { } kind ? Disguises.Apply(model, kind, DisguiseSeed) : model;
    }

    /// <summary>A name that says nothing about the model: the head of a hash of the recipe and the export's seed.</summary>
    internal string CaseId(ulong exportSeed)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Model}|{ModelSeed}|{Disguise}|{DisguiseSeed}|{exportSeed}");
        return $"case-{Hashes.OfText(text)[..12]}";
    }
}

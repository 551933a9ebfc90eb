namespace Harness.ToyModels;

/// <summary>Every toy model by its stable id.</summary>
public static class ToyModelCatalog
{
    private static readonly Dictionary<string, ToyModelEntry> s_byId;

    static ToyModelCatalog()
    {
        ToyModelEntry[] planted =
        [
            .. ModularAddition.Entries(),
            .. GatedModularAddition.Entries(),
            .. GatedFunctions.Entries(),
            .. DeepLinear.Entries(),
            .. DirectSum.Entries(),
            .. DirectSumDense.Entries(),
            .. ParallelModules.Entries(),
            .. PlantedSpectrum.Entries(),
            .. Superposition.Entries(),
            .. CompressedComputation.Entries(),
            .. ModularAdditionChunked.Entries(),
            .. ModularAdditionMlp.Entries(),
            .. Regression.Entries(),
            .. DigitPattern.Entries(),
        ];
        Entries = [.. planted, .. RandomWeights.Entries(planted), .. Entangled.Entries(), .. LabelShuffled.Entries()];
        s_byId = Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
    }

    /// <summary>All entries; a family's members are adjacent.</summary>
    public static IReadOnlyList<ToyModelEntry> Entries { get; }

    /// <summary>
    /// Builds a model. Its tensors belong to the caller's dispose scope. Equal ids and seeds give equal models.
    /// </summary>
    /// <param name="id">One of the entries' ids.</param>
    /// <param name="seed">All of the model's randomness comes from it.</param>
    /// <exception cref="ArgumentException">No model has this id; the message names the closest ones.</exception>
    public static ToyModel Create(string id, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (s_byId.TryGetValue(id, out var entry))
            return entry.Create(seed);
        var stem = id.Split('/', '-')[0];
        var related = Entries.Select(candidate => candidate.Id).Where(candidate => candidate.StartsWith(stem, StringComparison.Ordinal)).ToList();
        var hint = related.Count > 0 ? $"did you mean {string.Join(", ", related)}?" : "`harness list` shows them all.";
        throw new ArgumentException($"No toy model has the id '{id}'; {hint}", nameof(id));
    }
}

using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>Every miniature by name.</summary>
public static class MiniatureCatalog
{
    /// <summary>All of them: oracles, then controls from mild to severe, then baselines, then nulls.</summary>
    public static IReadOnlyList<Miniature> All { get; } = [.. OracleMiniatures.All, .. ControlMiniatures.All, .. WouldBeMiniatures.All, .. BaselineMiniatures.All, .. NullMiniatures.All];

    /// <summary>The miniature of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static Miniature Get(string name) => All.FirstOrDefault(miniature => miniature.Name == name)
        ?? throw new ArgumentException($"No miniature is named '{name}'; there are {string.Join(", ", All.Select(miniature => miniature.Name))}.", nameof(name));

    /// <summary>Recovery is defined on this model.</summary>
    internal static bool HasSeveral(ToyModel model) => model.Truth.Subnetworks.Count >= 2;

    /// <summary>Recovery of components is defined on this model.</summary>
    internal static bool HasComponents(ToyModel model) => HasSeveral(model) && model.Truth.Subnetworks.All(planted => planted.Component is not null);
}

namespace Harness.Grading;

/// <summary>Which models are graded in which disguises, and what stands beside the methods.</summary>
/// <param name="Name">Its name, e.g. <c>quick</c>.</param>
/// <param name="Version">Raised whenever a score could change meaning.</param>
/// <param name="Summary">One sentence for people: what it is for.</param>
/// <param name="Models">Ids of toy models, at least one.</param>
/// <param name="Disguises">Disguises; each model is run in those it admits.</param>
/// <param name="Miniatures">Oracles and nulls that are run beside the methods, by name.</param>
public sealed partial record Suite(
    string Name, string Version, string Summary, IReadOnlyList<string> Models, IReadOnlyList<CaseDisguise> Disguises, IReadOnlyList<string> Miniatures)
{
    /// <summary>Bars that are not the usual ones, each with its reason. Default: none.</summary>
    public IReadOnlyList<SuiteBar> Bars { get; init; } = [];

    /// <summary>Name and version, for the header of a record.</summary>
    public SuiteDescription Description => new(Name, Version);

    /// <summary>The suite of this name; null: there is none.</summary>
    public static Suite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);

    /// <summary>A plan: this suite's oracles and nulls, and the given methods.</summary>
    public GradePlan Plan(IReadOnlyList<GradedMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        return new GradePlan
        {
            Models = Models,
            Disguises = Disguises,
            Bars = Bars,
            Methods = [.. Miniatures.Select(name => GradedMethod.Of(MiniatureCatalog.Get(name))).Concat(methods).DistinctBy(method => method.Selector)],
        };
    }
}

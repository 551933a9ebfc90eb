namespace Harness.Grading;

/// <summary>Which models are graded in which disguises, and what stands beside the methods.</summary>
/// <param name="Name">Its name, e.g. <c>quick</c>.</param>
/// <param name="Version">Raised whenever a score could change meaning.</param>
/// <param name="Models">Ids of toy models.</param>
/// <param name="Disguises">Disguises; each model is run in those it admits.</param>
/// <param name="Miniatures">Oracles and nulls that are run beside the methods, by name.</param>
public sealed record Suite(
    string Name, string Version, IReadOnlyList<string> Models, IReadOnlyList<CaseDisguise> Disguises, IReadOnlyList<string> Miniatures)
{
    /// <summary>Under a minute for the built-in methods: closed-form and small trained models, plain, permuted and rescaled.</summary>
    public static Suite Quick { get; } = new(
        "quick", "1",
        ["modular-addition", "direct-sum", "superposition-5-2", "superposition-5-2-untied", "superposition-5-5"],
        CaseDisguise.Each,
        ["oracle", "oracle-reordered", "oracle-rebased", "disguised-oracle", "theta-star", "whole-space", "random-directions"]);

    /// <summary>Name and version, for the header of a record.</summary>
    public SuiteDescription Description => new(Name, Version);

    /// <summary>A plan: this suite's oracles and nulls, and the given methods.</summary>
    public GradePlan Plan(IReadOnlyList<GradedMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        return new GradePlan
        {
            Models = Models,
            Disguises = Disguises,
            Methods = [.. Miniatures.Select(name => GradedMethod.Of(MiniatureCatalog.Get(name))), .. methods],
        };
    }
}

using System.Xml.Linq;

namespace Harness.Architecture.Tests.Rules;

/// <summary>
/// Which project refers to which. The corridor is Models ← Numerics ← Decompositions ← Methods: a method that could see ToyModels could
/// read the truth it is graded on.
/// </summary>
internal static class ProjectReferences
{
    /// <summary>The references of the product, and no others.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Harness.Models"] = [],
        ["Harness.Numerics"] = ["Harness.Models"],
        ["Harness.Decompositions"] = ["Harness.Numerics"],
        ["Harness.Methods"] = ["Harness.Decompositions"],
        ["Harness.ToyModels"] = ["Harness.Decompositions"],
        ["Harness.Grading"] = ["Harness.Decompositions", "Harness.ToyModels"],
        ["Harness.Reporting"] = ["Harness.Grading"],
        ["Harness.Conformance"] = ["Harness.Decompositions", "Harness.Grading"],
        ["Harness.Cli"] =
        [
            "Harness.Decompositions", "Harness.Grading", "Harness.Methods", "Harness.Models", "Harness.Numerics", "Harness.Reporting", "Harness.ToyModels",
        ],
    };

    /// <summary>What a project declares, by name.</summary>
    public static string[] Of(RepositoryFile project) =>
    [
        .. XDocument.Parse(project.Text).Descendants("ProjectReference")
            .Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Projects of the product whose references are not those of <see cref="Allowed"/>.</summary>
    public static IEnumerable<string> Violations(IEnumerable<RepositoryFile> projects)
    {
        var declared = projects.Where(project => project.IsProduct).ToDictionary(Name, Of);
        foreach (var name in declared.Keys.Union(Allowed.Keys).Order(StringComparer.Ordinal))
        {
            var (expected, actual) = (Allowed.GetValueOrDefault(name), declared.GetValueOrDefault(name));
            if (expected is null)
                yield return $"{name} is not a project of the architecture.";
            else if (actual is null)
                yield return $"{name} is a project of the architecture and is missing.";
            else if (!expected.Order(StringComparer.Ordinal).SequenceEqual(actual))
                yield return $"{name} refers to [{string.Join(", ", actual)}]; the architecture says [{string.Join(", ", expected)}].";
        }
    }

    /// <summary>Everything that <paramref name="name"/> reaches, by any number of references.</summary>
    public static IReadOnlySet<string> Reachable(string name, IReadOnlyDictionary<string, string[]> references)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(references[name]);
        while (pending.TryPop(out var next))
            if (reached.Add(next))
                foreach (var further in references.GetValueOrDefault(next, []))
                    pending.Push(further);
        return reached;
    }

    /// <summary>References of a built assembly that its place in the architecture does not reach.</summary>
    public static IEnumerable<string> Violations(string assembly, IEnumerable<string> referenced)
    {
        var reachable = Reachable(assembly, Allowed);
        return referenced
            .Where(name => Allowed.ContainsKey(name) && !reachable.Contains(name))
            .Select(name => $"The built {assembly} uses {name}, which the architecture keeps from it.");
    }

    private static string Name(RepositoryFile project) => System.IO.Path.GetFileNameWithoutExtension(project.Path);
}

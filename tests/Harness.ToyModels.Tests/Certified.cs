namespace Harness.ToyModels.Tests;

/// <summary>Assertions on certificates.</summary>
internal static class Certified
{
    /// <summary>Every check of the model's own certificate holds; otherwise the failure lists those that do not.</summary>
    internal static void Holds(ToyModel model)
    {
        var failures = Failures(model);
        Assert.True(failures.Count == 0, $"{model.Id}, seed {model.Seed}:{Environment.NewLine}{string.Join(Environment.NewLine, failures)}");
    }

    /// <summary>The checks whose name contains <paramref name="name"/> hold; there is at least one.</summary>
    internal static void Holds(ToyModel model, string name) => Holds(model with { Certificate = new Certificate(Named(model, name)) });

    /// <summary>The certificate rejects the model, by a check whose name contains <paramref name="name"/>.</summary>
    internal static void Rejects(ToyModel model, string name)
    {
        Assert.NotEmpty(Failures(model with { Certificate = new Certificate(Named(model, name)) }));
    }

    private static CertificateCheck[] Named(ToyModel model, string name)
    {
        var asked = model.Certificate.Checks.Where(check => check.Name.Contains(name, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(asked);
        return asked;
    }

    private static List<string> Failures(ToyModel model) =>
        [.. model.Certificate.Examine(model).Where(result => !result.Holds)
            .Select(result => $"{result.Check.Name}: {result.Measured:g3} {result.Check.Unit}, limit {result.Check.Limit:g3}")];
}

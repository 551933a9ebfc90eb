using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary><c>suites.json</c> beside the approved weights: the fingerprint of θ* of every case of every suite. So a score says what it was measured on.</summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Cases">Fingerprint by <c>model@model seed/disguise</c>.</param>
public sealed record ThetaRegister(string Schema, IReadOnlyDictionary<string, string> Cases)
{
    /// <summary>The only schema this version reads and writes.</summary>
    public const string CurrentSchema = "suites/1";

    /// <summary>The file's name.</summary>
    public const string FileName = "suites.json";

    /// <summary>The check whose reason says that a case was measured on other parameters; absent where all is well.</summary>
    public const string Check = "suite.theta";

    private static readonly Lazy<ThetaRegister> s_default = new(() => Read(Path.Combine(AppContext.BaseDirectory, "fixtures")));

    /// <summary>The register that comes with the program.</summary>
    public static ThetaRegister Default => s_default.Value;

    /// <summary>Reads the register of a folder; an empty one where there is none.</summary>
    /// <exception cref="Harness.Decompositions.SubmissionException">The file is not a register.</exception>
    public static ThetaRegister Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new ThetaRegister(CurrentSchema, new Dictionary<string, string>());
        var register = InterchangeJson.Read<ThetaRegister>(path, "the register that `harness list suites --approve DIR` wrote");
        return register.Schema == CurrentSchema
            ? register
            : throw new Decompositions.SubmissionException(path, "schema", $"is '{register.Schema}', expected '{CurrentSchema}'.");
    }

    /// <summary>Measures every case of some suites: each model at seed 0, in each disguise that it admits.</summary>
    /// <param name="suites">The suites.</param>
    /// <param name="progress">Receives fractions 0 … 1; null: nobody watches.</param>
    public static ThetaRegister Measure(IReadOnlyList<Suite> suites, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(suites);
        var cases = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var models = suites.SelectMany(suite => suite.Models).Distinct().ToList();
        for (var i = 0; i < models.Count; i++)
        {
            using var scope = NewDisposeScope();
            var model = ToyModelCatalog.Create(models[i]);
            foreach (var disguise in suites.Where(suite => suite.Models.Contains(model.Id)).SelectMany(suite => suite.Disguises).Distinct())
                if (disguise.AppliesTo(model))
                    cases.Add(Key(model, disguise.Label), ThetaFingerprint.Of(disguise.Apply(model).Model.Parameters));
            progress?.Report((i + 1.0) / models.Count);
        }
        return new ThetaRegister(CurrentSchema, cases);
    }

    /// <summary>Writes the register into a folder.</summary>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        InterchangeJson.WriteAtomically(Path.Combine(folder, FileName), InterchangeJson.Write(this));
    }

    /// <summary>The registered cases of a suite.</summary>
    public IReadOnlyList<string> Of(Suite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return [.. suite.Models.SelectMany(model => suite.Disguises.Select(disguise => $"{model}@0/{disguise.Label}")).Where(Cases.ContainsKey)];
    }

    /// <summary>A sentence where a case's parameters are not the registered ones; null where they are, or where the case is not registered.</summary>
    /// <param name="model">The model as methods see it.</param>
    /// <param name="disguise">Label of its disguise.</param>
    internal string? Remark(ToyModel model, string disguise)
    {
        if (!Cases.TryGetValue(Key(model, disguise), out var expected))
            return null;
        var actual = ThetaFingerprint.Of(model.Model.Parameters);
        return actual == expected
            ? null
            : $"θ* of {Key(model, disguise)} is not the one that the suites list: fingerprint {actual}, expected {expected}. The model or its weights "
                + "have changed: compare this score with none that was measured on the listed ones";
    }

    private static string Key(ToyModel model, string disguise) => $"{model.Id}@{model.Seed}/{disguise}";
}

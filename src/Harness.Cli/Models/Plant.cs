using Harness.Grading;
using Harness.ToyModels;

namespace Harness.Cli;

/// <summary>Builds the toy model that a command line asks for.</summary>
internal static class Plant
{
    /// <summary>The entry with this id.</summary>
    /// <exception cref="UsageException">There is none; the message suggests the nearest.</exception>
    public static ToyModelEntry Entry(string id) => ToyModelCatalog.Entries.FirstOrDefault(entry => entry.Id == id)
        ?? throw new UsageException(NearestName.Unknown("model", id, ToyModelCatalog.Entries.Select(entry => entry.Id)));

    /// <summary>The model, planted and disguised as asked; its tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="UsageException">The model is unknown or does not admit the disguise.</exception>
    public static ToyModel Create(string id, ComputeSettings settings)
    {
        var disguise = settings.Disguise ?? CaseDisguise.None;
        var entry = Entry(id);
        var model = settings.Mnist is null ? entry.Create(settings.ModelSeed) : DigitPattern.Create(OnMnist(id, settings.Mnist), settings.ModelSeed);
        if (!disguise.AppliesTo(model))
            throw new UsageException($"model '{id}' does not admit the disguise {disguise.Label}; it admits {Admitted(model)}");
        return disguise.Apply(model);
    }

    /// <summary>A model of digits and patterns, on the original MNIST digits.</summary>
    /// <exception cref="UsageException">The model has no digits.</exception>
    /// <exception cref="InvalidDataException">A file is missing or not as it should be.</exception>
    public static DigitPatternSpec OnMnist(string id, string folder) =>
        (DigitPattern.Specs.FirstOrDefault(spec => spec.Id == Entry(id).Id) ?? throw new UsageException($"--mnist: model '{id}' has no digits"))
        with { Digits = MnistDigits.Read(folder) };

    /// <summary>The disguises a model admits, in words.</summary>
    public static string Admitted(ToyModel model) =>
        model.AdmissibleDisguises.Count == 0 ? "none" : string.Join(", ", model.AdmissibleDisguises.Select(CaseDisguise.Word));
}

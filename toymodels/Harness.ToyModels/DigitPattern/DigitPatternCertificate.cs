using TorchSharp;

namespace Harness.ToyModels;

/// <summary>Shows that a network does what toymodels.md B5 asks of its variant, on images it was not trained on.</summary>
internal static class DigitPatternCertificate
{
    /// <summary>
    /// Limits of toymodels.md B5. Mixed-only networks never see a pure image; one that used only digits would be at chance, 0.1, on patterns.
    /// </summary>
    internal static IReadOnlyList<CertificateCheck> Bar(DigitPatternSpec spec) => spec.Schedule.IsMixedOnly
        ? [Accuracy(ImageKind.Digits, 0.5), Accuracy(ImageKind.Patterns, 0.5), Accuracy(ImageKind.Mixed, 0.93)]
        : [Accuracy(ImageKind.Digits, 0.97), Accuracy(ImageKind.Patterns, 0.97), Accuracy(ImageKind.Mixed, 0.97)];

    private static CertificateCheck Accuracy(ImageKind kind, double limit)
    {
        var name = $"{kind.ToString().ToLowerInvariant()}-test";
        return new($"{name} is classified", model => Measure(model, name), limit, false, "accuracy");
    }

    private static double Measure(ToyModel model, string name)
    {
        // Something is the largest logit even where none is a number.
        return model.Model.Parameters.isfinite().all().ToBoolean()
            ? Classification.Accuracy(model, model.DataSets.Select(data => data.Name).ToList().IndexOf(name))
            : double.NaN;
    }
}

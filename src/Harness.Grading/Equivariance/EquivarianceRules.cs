using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Every pair of questions that has one answer.</summary>
public static class EquivarianceRules
{
    /// <summary>The same question twice, to one instance and to a fresh one.</summary>
    public static EquivarianceRule Repeat { get; } = new(
        "repeat", "Two runs with one seed give the same answer, bit by bit.", "equal seeds give different answers; keep no state and draw only from the context's seed",
        subject => new EquivarianceTwin(subject.Create())) { HoldsForEachSeed = true, IsBitwise = true };

    /// <summary>Units in another order.</summary>
    public static EquivarianceRule Permute { get; } = Disguised(
        DisguiseKind.Permute, "With hidden units in another order the answer is the same, moved along.", "permuting hidden units changes the answer; positions carry no meaning");

    /// <summary>Another orthonormal basis of linear hidden spaces.</summary>
    public static EquivarianceRule Rotate { get; } = Disguised(
        DisguiseKind.Rotate, "With linear hidden spaces in another orthonormal basis the answer is the same, moved along.",
        "rotating a linear hidden space changes the answer; its axes carry no meaning");

    /// <summary>Samples in another order.</summary>
    public static EquivarianceRule Order { get; } = new(
        "order", "The order of the samples changes nothing.", "reversing the data set changes the answer",
        subject => new EquivarianceTwin(EquivalentSubjects.WithData(subject.Create(), values => values.flip(0))));

    /// <summary>Every sample twice.</summary>
    public static EquivarianceRule Duplicates { get; } = new(
        "duplicates", "Every sample twice changes nothing: a data set stands for a distribution.", "taking every sample twice changes the answer; use means, not sums",
        subject => new EquivarianceTwin(EquivalentSubjects.WithData(subject.Create(), values => cat([values, values], 0))));

    /// <summary>The loss times a number.</summary>
    public static EquivarianceRule LossScale { get; } = new(
        "loss-scale", "Four times the loss scales eigenvalues and changes no direction.", "scaling the loss changes the answer; compare curvatures with each other, never with a number",
        subject => new EquivarianceTwin(EquivalentSubjects.WithLossScaled(subject.Create()))) { HoldsForEachSeed = true };

    /// <summary>Other names.</summary>
    public static EquivarianceRule Names { get; } = new(
        "names", "Renaming tensors changes nothing.", "renaming the tensors changes the answer; names carry no meaning",
        subject => new EquivarianceTwin(EquivalentSubjects.Renamed(subject.Create()))) { HoldsForEachSeed = true };

    /// <summary>Units scaled; shown, for Hessian eigenvectors, norms and spheres do depend on it.</summary>
    public static EquivarianceRule Rescale { get; } = Disguised(
        DisguiseKind.Rescale, "With units scaled up and down the answer is the same, moved along; shown, not required.", "rescaling units changes the answer") with { IsRequired = false };

    /// <summary>Parameters and data rounded to float32; shown.</summary>
    public static EquivarianceRule Float32 { get; } = new(
        "float32", "Parameters and data rounded to float32 change little; shown, not required.", "rounding to float32 changes the answer",
        subject => new EquivarianceTwin(EquivalentSubjects.Rounded(subject.Create()))) { IsRequired = false, HoldsForEachSeed = true };

    /// <summary>All of them, those that are required first.</summary>
    public static IReadOnlyList<EquivarianceRule> All { get; } = [Repeat, Permute, Rotate, Order, Duplicates, LossScale, Names, Rescale, Float32];

    private static EquivarianceRule Disguised(DisguiseKind kind, string summary, string problem) => new(
        CaseDisguise.Word(kind), summary, problem,
        subject => subject.Disguised.TryGetValue(kind, out var twin) && twin() is var (disguised, map)
            ? new EquivarianceTwin(disguised, map)
            : EquivarianceTwin.Skip($"the model does not admit {CaseDisguise.Word(kind)}"));
}

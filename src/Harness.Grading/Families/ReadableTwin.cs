using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>What a readable model is judged by: the same plant where neither names nor zeros give it away.</summary>
/// <param name="Name">The disguise's word, e.g. <c>rotate</c>, or the id of a model of its own, e.g. <c>direct-sum-dense</c>.</param>
/// <param name="Build">Builds it; its tensors belong to the caller's dispose scope.</param>
public sealed record ReadableTwin(string Name, Func<ToyModel> Build)
{
    /// <summary>The model with its linear spaces rotated, or else the one of the same name with <c>-dense</c>; null: there is neither.</summary>
    public static ReadableTwin? Of(ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Disguises.Admits(model, DisguiseKind.Rotate))
            return new(CaseDisguise.Word(DisguiseKind.Rotate), () => Disguises.Apply(model, DisguiseKind.Rotate, 0));
        return ToyModelCatalog.Entries.FirstOrDefault(entry => entry.Id == $"{model.Id}-dense") is { } dense
            ? new(dense.Id, () => dense.Create(model.Seed))
            : null;
    }
}

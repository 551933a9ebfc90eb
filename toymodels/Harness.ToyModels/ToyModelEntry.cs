namespace Harness.ToyModels;

/// <summary>One model of the catalogue.</summary>
/// <param name="Id">Stable id, e.g. <c>modular-addition</c>.</param>
/// <param name="Summary">One paragraph for people, with the truth in one formula; its first sentence tells the model from the others.</param>
/// <param name="Family">The family it belongs to, e.g. <c>planted-spectrum</c>.</param>
/// <param name="Create">Builds it from a seed; its tensors belong to the caller's dispose scope.</param>
public sealed record ToyModelEntry(string Id, string Summary, string Family, Func<ulong, ToyModel> Create);

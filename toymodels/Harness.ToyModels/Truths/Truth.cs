namespace Harness.ToyModels;

/// <summary>The planted subnetworks of a model. Never shown to a method.</summary>
/// <param name="Statement">The truth in one sentence or formula, for people.</param>
/// <param name="Grade">How far it may be trusted.</param>
/// <param name="Subnetworks">The planted subnetworks; empty where the model plants a spectrum instead.</param>
/// <param name="DecomposedTensors">Names of the tensors that the components sum to; the others (e.g. biases) are shared.</param>
/// <param name="Eigenvalues">
/// Planted eigenvalues of the loss's Hessian at θ*, descending, repeated by multiplicity; null: none are planted.
/// </param>
public sealed record Truth(
    string Statement, TruthGrade Grade, IReadOnlyList<PlantedSubnetwork> Subnetworks, IReadOnlyList<string> DecomposedTensors,
    IReadOnlyList<double>? Eigenvalues = null);

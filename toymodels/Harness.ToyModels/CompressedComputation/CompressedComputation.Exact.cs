using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

public static partial class CompressedComputation
{
    /// <summary>
    /// The hand-coded model: a neuron for every feature, and a residual stream as wide as there are features, so that M = 0. The stream is linear and may be
    /// rotated: what is read off the zeros of the plain weights is hidden in that twin.
    /// </summary>
    public static CompressedComputationSpec ExactSpec { get; } = new($"{FamilyName}-exact", [100], EmbeddingWidth: null);

    private static ToyModelEntry ExactEntry() => new(
        ExactSpec.Id,
        "100 ReLUs by 100 neurons, y = x + ReLU(x), written down: neuron k reads feature i = π(k) only and writes it only, in_ki·out_ik = 1. "
        + "Truth: θ* = Σ_i (in_ki ⊕ out_ik); feature i is its two weights, active where x_i > 0.",
        FamilyName,
        seed => CreateExact(ExactSpec, seed));

    /// <summary>
    /// The hand-coded model. Neuron π⁻¹(i) has the weights <c>in = c</c> and <c>out = 1/c</c>, c = 2ᵘ with u uniform in [−1, 1); the order π and c come
    /// from the seed.
    /// </summary>
    /// <exception cref="ArgumentException">There is not exactly one layer with a neuron for every feature.</exception>
    public static ToyModel CreateExact(CompressedComputationSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Neurons is not [var neurons] || neurons != spec.Features || spec.EmbeddingWidth is not null)
            throw new ArgumentException(
                $"The exact network has one layer with {spec.Features} neurons, one a feature, and no embedding; got layers of {string.Join(", ", spec.Neurons)}.",
                nameof(spec));
        var random = RandomSource.Named(seed, $"{spec.Id}/weights");
        var (incoming, outgoing) = (new double[neurons * neurons], new double[neurons * neurons]);
        var order = random.Permutation(neurons);
        for (var feature = 0; feature < neurons; feature++)
        {
            var strength = Math.Pow(2, random.NextDouble(-1, 1));
            incoming[order[feature] * neurons + feature] = strength;
            outgoing[feature * neurons + order[feature]] = 1 / strength;
        }
        return Build(
            spec, seed, tensor([.. incoming, .. outgoing]), TruthGrade.Exact,
            "y = x + ReLU(x), a neuron for every feature: θ* = Σ_i (in_ki ⊕ out_ik), k = π⁻¹(i); feature i is its two weights, active where x_i > 0.",
            value => value > 0,
            CompressedComputationQuality.ExactCertificate,
            CompressedComputationNetwork.Residual(spec),
            CompressedComputationNetwork.ResidualUnits(spec))
            // Two weights a feature and zeros elsewhere: whoever follows the weights sees them.
            with { IsReadable = true };
    }
}

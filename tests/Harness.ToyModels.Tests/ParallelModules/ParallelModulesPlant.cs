using FsCheck;
using FsCheck.Fluent;
using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>Parallel branches of any width at weights that were drawn, not trained: their truth is in the architecture.</summary>
/// <param name="IsConvolutional">Grouped convolutions, or perceptrons.</param>
/// <param name="Width">Units (channels) of a branch.</param>
/// <param name="Seed">Draws images and weights.</param>
public sealed record ParallelModulesPlant(bool IsConvolutional, int Width, int Seed)
{
    private const int Images = 20;

    internal ParallelModulesSpec Spec => new("parallel-modules-drawn", IsConvolutional, Width, Rate: 0, Epochs: 0) { Samples = Images };

    /// <summary>The model, in the caller's dispose scope.</summary>
    internal ToyModel Build() => ParallelModules.WithParameters(Spec, (ulong)Seed, Weights());

    /// <summary>
    /// Gaussian; of a perceptron, the first unit of each branch has positive weights: ink is positive too, so that no image leaves the whole branch dead.
    /// </summary>
    private Tensor Weights()
    {
        var layout = new ParallelModulesNetwork(Spec).Layout();
        var parameters = tensor(Initialisation.Gaussian(layout, 2, new((ulong)Seed)));
        if (!IsConvolutional)
            foreach (var unit in new[] { 0, Width })
                parameters.narrow(0, layout[0].Offset + unit * layout[0].Shape[1], layout[0].Shape[1]).abs_();
        return parameters;
    }

    public static class Arbitrary
    {
        public static Arbitrary<ParallelModulesPlant> Any() => Arb.From(
            from isConvolutional in Gen.Elements(false, true)
            from width in Gen.Choose(1, 6)
            from seed in Gen.Choose(0, 1_000_000)
            select new ParallelModulesPlant(isConvolutional, width, seed),
            plant => new[] { plant with { IsConvolutional = false }, plant with { Width = plant.Width / 2 }, plant with { Seed = plant.Seed / 2 } }
                .Where(smaller => smaller != plant && smaller.Width > 0));
    }
}

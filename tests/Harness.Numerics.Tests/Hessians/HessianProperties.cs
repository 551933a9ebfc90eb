using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Every row of the tolerance table on Hessians of random networks (MLPs, convolutions, tied autoencoders, one-hot sums; four activations, two losses,
/// sample weights, weight decay, any batch size, either precision). Which faulty Hessian each check rejects is shown in <see cref="HessianMutantTests"/>.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 12, QuietOnSuccess = true)]
public class HessianProperties
{
    /// <summary>Kills: a retained graph freed or changed by a product, a tangent in the wrong slot, a missing transpose.</summary>
    [Property]
    public void Products_are_symmetric_linear_and_repeatable(NetworkSpec spec) => Holds(spec, "symmetry", "linearity", "repeat");

    /// <summary>Kills: a constant hidden in the product, such as an ε added to a norm.</summary>
    [Property]
    public void Eight_times_a_vector_is_eight_times_its_product_bit_for_bit(NetworkSpec spec) => Holds(spec, "power of two");

    /// <summary>Kills: a matrix unit that rounds to less than float32.</summary>
    [Property]
    public void Float32_products_have_float32_noise(NetworkSpec spec) => Holds(spec, "float32 noise");

    /// <summary>Kills: float32 sums over batches.</summary>
    [Property]
    public void Copies_of_a_sample_are_that_sample(NetworkSpec spec) => Holds(spec, "copies of a sample");

    /// <summary>Kills: the unweighted mean over batches, the last batch dropped, batch statistics.</summary>
    [Property]
    public void How_samples_are_batched_changes_nothing(NetworkSpec spec) => Holds(spec, "partition of the data");

    /// <summary>Kills: weights normalised by the count, or ignored.</summary>
    [Property]
    public void An_integer_weight_is_a_repeated_sample(NetworkSpec spec) => Holds(spec, "repeated samples");

    /// <summary>Kills: weight decay once per batch, without its ½, or in float32.</summary>
    [Property]
    public void Weight_decay_shifts_products_and_eigenvalues(NetworkSpec spec) => Holds(spec, "weight decay", "weight decay shifts every eigenvalue");

    /// <summary>Kills: a sum instead of a mean, a missing ½, the GGN for the Hessian, slots exchanged in argument and result alike.</summary>
    [Property]
    public void Taylor_remainders_fall_as_they_must(NetworkSpec spec) =>
        Holds(spec, "taylor remainder of the curvature", "taylor remainder of the product");

    /// <summary>Kills: whatever the identities share.</summary>
    [Property]
    public void It_is_what_its_definition_says(NetworkSpec spec) => Holds(spec, "definition");

    /// <summary>Kills: entries flattened in another order than θ.</summary>
    [Property]
    public void Permuted_units_permute_it(NetworkSpec spec) => Holds(spec, "permutation of units");

    /// <summary>Kills: −1 for the square's outgoing weights, any factor on H that the gradient does not share.</summary>
    [Property]
    public void Rescaling_a_unit_changes_nothing_to_second_order(NetworkSpec spec) => Holds(spec, "rescaling of units");

    /// <summary>Kills: a lost cross term between classes.</summary>
    [Property]
    public void Shifted_logits_have_no_curvature(NetworkSpec spec) => Holds(spec, "softmax shift");

    /// <summary>Kills: a cross term lost between the two inputs.</summary>
    [Property]
    public void Shifted_one_hots_have_no_curvature(NetworkSpec spec) => Holds(spec, "one-hot shift");

    /// <summary>Kills: the term of the one path where a tensor is on two, any factor on H that the gradient does not share.</summary>
    [Property]
    public void The_hidden_space_of_a_tied_autoencoder_may_turn(NetworkSpec spec) => Holds(spec, "rotation of the hidden space");

    /// <summary>Kills: a same-layer second derivative where a ReLU net has none.</summary>
    [Property]
    public void One_hidden_ReLU_layer_leaves_the_GGN_on_same_layer_blocks(NetworkSpec spec) => Holds(spec, "same-layer blocks of H − GGN");

    /// <summary>Kills: a missing ½ or factor 2, sum instead of mean, a lost cross term, layout order.</summary>
    [Property]
    public void It_is_the_closed_form_where_there_is_one(NetworkSpec spec) => Holds(
        spec, "closed form: linear regression", "closed form: logistic regression", "closed form: TMS", "closed form: modular addition");

    /// <summary>Kills: a layer restricted by vectors that are not unit, a sum that forgets a term.</summary>
    [Property]
    public void Layers_interlace_and_sums_obey_Weyl(NetworkSpec spec) => Holds(spec, "interlacing of layers", "Weyl's inequality");

    /// <summary>
    /// One sample, two classes, margin m: the curvature along the margin is <c>σ(m)σ(−m)</c>, relatively accurate at any m. The naive forms return 0 or
    /// NaN at ±25 or ±200; the plain one loses digits with e^|m|.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(-25)]
    [InlineData(200)]
    [InlineData(-200)]
    public void Curvature_survives_large_margins(double margin)
    {
        using var scope = NewDisposeScope();
        var (network, data, theta, expected) = Margins.Problem(margin);
        using var hessian = new LossLandscape(network, new Loss(LossKind.CrossEntropy), data).Hessian(theta);
        foreach (var label in new[] { 0, 1 })
            Assert.Equal(1, Margins.Curvature(hessian, label) / expected, Tolerances.SameProduct(Tolerances.AssumedNoise64));
    }

    /// <summary>The two forms are the same function; the plain one loses a factor e^m of digits at margin m, because p − 1 cancels.</summary>
    [Property]
    public void Margin_and_plain_cross_entropy_agree(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var margin = Problem.Create(spec.ToSmooth() with { Loss = LossKind.CrossEntropy });
        var outputs = margin.Landscape().Outputs(margin.Parameters);
        var lost = Math.Exp((outputs.amax(1) - outputs.amin(1)).max().ToDouble());
        var plain = margin with { Loss = margin.Loss with { Form = CrossEntropyForm.Plain } };
        var value = margin.Landscape().Value(margin.Parameters);
        Assert.Equal(value, plain.Landscape().Value(margin.Parameters), Tolerances.SameProduct(Tolerances.AssumedNoise64) * Math.Max(1, value));
        using var left = margin.Landscape().Hessian(margin.Parameters);
        using var right = plain.Landscape().Hessian(margin.Parameters);
        Expect.None(OperatorChecks.Agreement(
            "forms of cross-entropy", left, right, Tolerances.SameProduct(Tolerances.AssumedNoise64) * lost, (ulong)spec.Seed));
    }

    private static void Holds(NetworkSpec spec, params string[] names)
    {
        foreach (var name in names)
            Expect.None(HessianChecks.All.Single(check => check.Name == name).Run(HessianChecks.Production, spec));
    }
}

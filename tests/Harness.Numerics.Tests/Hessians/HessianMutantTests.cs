using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Faulty Hessians are rejected by the named checks on every seed; the right one passes all checks.</summary>
public class HessianMutantTests
{
    /// <summary>Made for identities of ReLU and square nets on two layers alike; a short last batch, weights and weight decay.</summary>
    private static NetworkSpec Spec(int seed) => new(2, 3, 1, 3, 7, 3, Activation.Silu, LossKind.CrossEntropy, true, 0.3, seed);

    [Theory]
    [InlineData(HessianFlaw.UnweightedBatchMean, "partition of the data")]
    [InlineData(HessianFlaw.LastBatchDropped, "partition of the data")]
    [InlineData(HessianFlaw.SilentFloat32, "linearity; definition")]
    [InlineData(HessianFlaw.Float32Accumulation, "copies of a sample")]
    [InlineData(HessianFlaw.SumInsteadOfMean, "taylor remainder of the curvature; closed form: linear regression")]
    [InlineData(HessianFlaw.MissingHalf, "taylor remainder of the curvature; rescaling of units; rotation of the hidden space; closed form: TMS")]
    [InlineData(HessianFlaw.WrongOffset, "symmetry; taylor remainder of the product")]
    [InlineData(HessianFlaw.SlotsExchanged, "taylor remainder of the curvature; taylor remainder of the product")]
    [InlineData(HessianFlaw.TrainMode, "partition of the data")]
    [InlineData(HessianFlaw.Dropout, "repeat")]
    [InlineData(HessianFlaw.WeightsIgnored, "repeated samples; definition")]
    [InlineData(HessianFlaw.DecayPerBatch, "weight decay; weight decay shifts every eigenvalue; partition of the data")]
    [InlineData(HessianFlaw.GaussNewton, "taylor remainder of the curvature; closed form: modular addition")]
    [InlineData(HessianFlaw.DiagonalOnly, "softmax shift; one-hot shift; same-layer blocks of H − GGN")]
    [InlineData(HessianFlaw.Rounded, "float32 noise")]
    [InlineData(HessianFlaw.HiddenConstant, "power of two")]
    public void A_faulty_Hessian_is_rejected(HessianFlaw flaw, string checks)
    {
        for (var seed = 0; seed < 3; seed++)
            foreach (var name in checks.Split("; "))
            {
                var check = HessianChecks.All.Single(check => check.Name == name);
                Assert.True(check.Run(FaultyHessians.With(flaw), Spec(seed)) is not null, $"{name} accepts {flaw}, seed {seed}");
            }
    }

    /// <summary>What only one check sees shows that it is needed.</summary>
    [Fact]
    public void A_hidden_constant_is_seen_bit_by_bit_only() =>
        Assert.Equal(["power of two"], HessianChecks.Failed(FaultyHessians.With(HessianFlaw.HiddenConstant), Spec(1)));

    /// <summary>Float32 sums drown in the float32 noise of what is summed, unless that cancels: no identity sees them, only copies of one sample.</summary>
    [Theory]
    [InlineData("symmetry")]
    [InlineData("linearity")]
    [InlineData("float32 noise")]
    [InlineData("partition of the data")]
    [InlineData("definition")]
    public void Sums_in_float32_hide_from_the_identities(string name)
    {
        var check = HessianChecks.All.Single(check => check.Name == name);
        Expect.None(check.Run(FaultyHessians.With(HessianFlaw.Float32Accumulation), Spec(1) with { Precision = ScalarType.Float32 }));
    }

    /// <summary>No check is idle: each rejects a flaw, or a flaw of the operator it is about.</summary>
    [Fact]
    public void Every_check_rejects_something()
    {
        // Ordered by how many checks they fail, and what they cost.
        HessianFlaw[] flaws =
        [
            HessianFlaw.MissingHalf, HessianFlaw.DiagonalOnly, HessianFlaw.WrongOffset, HessianFlaw.SilentFloat32, HessianFlaw.Dropout, HessianFlaw.DecayPerBatch,
            HessianFlaw.HiddenConstant, HessianFlaw.LastBatchDropped, HessianFlaw.WeightsIgnored, HessianFlaw.SlotsExchanged, HessianFlaw.Rounded,
            HessianFlaw.Float32Accumulation,
        ];
        // These two hold for any symmetric matrix; they are about the operators that make blocks and sums.
        var checks = HessianChecks.All.Where(check => check.Name is not ("interlacing of layers" or "Weyl's inequality"));
        Assert.All(checks, check => Assert.Contains(flaws, flaw => check.Run(FaultyHessians.With(flaw), Spec(0)) is not null));
        Assert.Equal(
            "interlacing",
            HessianChecks.Interlacing(HessianChecks.Production, (op, layout, name) => new Stretched(new LayerOperator(op, layout, [name])), Spec(0))?.Check);
        Assert.Equal("Weyl", HessianChecks.Weyl(HessianChecks.Production, (first, _) => first, Spec(0))?.Check);
        Assert.Equal("Weyl", HessianChecks.Weyl(HessianChecks.Production, (first, second) => new SumOperator((1, first), (2, second)), Spec(0))?.Check);
    }

    /// <summary>The square activation's outgoing weights count −2; −1 is the ReLU's.</summary>
    [Fact]
    public void The_wrong_rate_of_a_square_unit_is_rejected()
    {
        Assert.NotNull(HessianChecks.RescaledUnits(HessianChecks.Production, Spec(1), -1));
        Assert.NotNull(HessianChecks.RescaledUnits(HessianChecks.Production, Spec(2), -2));
        Expect.None(HessianChecks.RescaledUnits(HessianChecks.Production, Spec(1), -2));
        Expect.None(HessianChecks.RescaledUnits(HessianChecks.Production, Spec(2), -1));
    }

    /// <summary>libtorch's own softplus turns linear at 20: from there on a misclassified sample has no curvature, and the gradient none of its own.</summary>
    [Theory]
    [InlineData(25)]
    [InlineData(200)]
    public void A_softplus_with_a_threshold_is_rejected(double margin)
    {
        using var scope = NewDisposeScope();
        var (_, _, theta, expected) = Margins.Problem(margin);
        var weights = theta.requires_grad_();
        var loss = nn.functional.softplus(weights[1] - weights[0]);
        var gradient = autograd.grad([loss], [weights], null, true, true, false)[0];
        var found = gradient[1].requires_grad ? autograd.grad([gradient[1]], [weights], null, false, false, true)[0] : zeros(2, ScalarType.Float64);
        var curvature = found.IsInvalid ? 0 : found[1].ToDouble();
        Assert.True(Math.Abs(curvature / expected - 1) > 0.5, $"{curvature} against {expected}");
    }

    [Fact]
    public void Without_a_flaw_the_matrices_pass() => Assert.Empty(HessianChecks.Failed(FaultyHessians.With(HessianFlaw.None), Spec(0)));

    /// <summary>Lengthens every vector by a tenth on the way in and out.</summary>
    private sealed class Stretched(ISymmetricOperator inner) : ISymmetricOperator
    {
        public long Dimension => inner.Dimension;

        public Tensor Multiply(Tensor block) => inner.Multiply(block) * 1.21;
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>
/// Derivatives of all operators against central differences, and faulty derivatives that the comparison must reject.
/// </summary>
public class DerivativeTests
{
    public static TheoryData<string> Names => new(DerivativeCases.All.Select(c => c.Name));

    /// <summary>Rejects a gradient that misses a term, has a wrong factor or belongs to another input.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_agrees_with_central_differences(string name) =>
        Assert.Null(FiniteDifferences.FirstOrder(Find(name).Function, Find(name).Points));

    /// <summary>Rejects an operator whose backward pass is itself not recorded: right gradients, wrong Hessians.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Hessian_product_agrees_with_differences_of_gradients(string name) =>
        Assert.Null(FiniteDifferences.SecondOrder(Find(name).Function, Find(name).Points));

    [Fact]
    public void A_gradient_that_misses_a_term_is_rejected() =>
        Assert.NotNull(FiniteDifferences.FirstOrder(x => x[0] * x[0].detach(), [Samples.Matrix(2, 2, 1)]));

    /// <summary>Value x², gradient 2x, Hessian 0.</summary>
    [Fact]
    public void A_right_gradient_with_a_wrong_Hessian_is_rejected_by_the_second_order_only()
    {
        static Tensor Faulty(Tensor[] x) => 2 * x[0].detach() * x[0] - x[0].detach().square();

        Assert.Null(FiniteDifferences.FirstOrder(Faulty, [Samples.Matrix(2, 2, 1)]));
        Assert.NotNull(FiniteDifferences.SecondOrder(Faulty, [Samples.Matrix(2, 2, 1)]));
    }

    private static DerivativeCase Find(string name) => DerivativeCases.All.Single(c => c.Name == name);
}

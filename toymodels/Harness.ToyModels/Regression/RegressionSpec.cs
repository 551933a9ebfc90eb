using Harness.Models;

namespace Harness.ToyModels;

/// <summary>A linear model <c>y = Wx + b</c> with a loss whose Hessian is known in closed form.</summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="Features">d, number of inputs.</param>
/// <param name="Outputs">o, number of outputs or classes.</param>
/// <param name="Loss">
/// Squared error, or cross-entropy: with weight decay, because the weights of separable classes have no minimum without.
/// </param>
public sealed record RegressionSpec(string Id, int Features, int Outputs, Loss Loss)
{
    /// <summary>N; default 400.</summary>
    public int Samples { get; init; } = 400;
}

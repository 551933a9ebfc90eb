namespace Harness.ToyModels;

/// <summary>
/// A residual perceptron that is to compute more ReLUs than it has neurons (toymodels.md B7): <c>y = x + ReLU(x)</c> on sparse features.
/// </summary>
/// <param name="Id">Id of the toy model.</param>
/// <param name="Neurons">Width of each layer, one entry a layer.</param>
/// <param name="EmbeddingWidth">D, width of the residual stream; null: the features have a dimension each and M = 0.</param>
public sealed record CompressedComputationSpec(string Id, IReadOnlyList<int> Neurons, int? EmbeddingWidth)
{
    /// <summary>n, number of features; default 100.</summary>
    public int Features { get; init; } = 100;

    /// <summary>Steps of training; default 10,000.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>Samples in each of them; default 2,048.</summary>
    public int BatchSize { get; init; } = 2048;

    /// <summary>d, neurons in all layers.</summary>
    public int NeuronCount => Neurons.Sum();

    /// <summary>
    /// Loss per feature, in units of how often it is on, of a network that spends a neuron on each of d features and ignores the rest and M:
    /// <c>(n − d)/n · E[ReLU(x)²] = (n − d)/n/6</c> for x ~ U[−1, 1]. At M = 0 and with one feature on at a time no network of d neurons does better.
    /// </summary>
    /// <remarks>
    /// One feature at a time, x_i = t &gt; 0 is mapped to <c>t·B·(A_i)₊</c>: the error is <c>‖B·A₊ − 1‖²·t²</c>, and a matrix of rank d is at least
    /// n − d away from 1 (Eckart–Young); half of the x are positive, with E[t²] = 1/3.
    /// </remarks>
    public double NaiveLoss => Math.Max(0, Features - NeuronCount) / (6.0 * Features);
}

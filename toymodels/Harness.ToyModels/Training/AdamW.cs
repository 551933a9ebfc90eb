namespace Harness.ToyModels;

/// <summary>Adam with decoupled weight decay, in float64 on a flat parameter vector. One instance serves one run; it is not thread-safe.</summary>
/// <remarks>I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", arXiv 1711.05101, algorithm 2.</remarks>
/// <param name="count">P.</param>
/// <param name="weightDecay">λ: parameters shrink by <c>rate·λ</c> a step. Default 0.01.</param>
internal sealed class AdamW(int count, double weightDecay = 0.01)
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double[] _mean = new double[count];
    private readonly double[] _square = new double[count];
    private double _meanDecayed = 1;
    private double _squareDecayed = 1;

    /// <summary>Takes one step in place.</summary>
    /// <param name="parameters"><c>[P]</c>.</param>
    /// <param name="gradient"><c>[P]</c>.</param>
    /// <param name="rate">Step size.</param>
    /// <exception cref="ArgumentException">A length is not P.</exception>
    public void Step(double[] parameters, double[] gradient, double rate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradient);
        if (parameters.Length != _mean.Length || gradient.Length != _mean.Length)
            throw new ArgumentException($"Expected {_mean.Length} parameters and gradients, got {parameters.Length} and {gradient.Length}.");
        (_meanDecayed, _squareDecayed) = (_meanDecayed * MeanDecay, _squareDecayed * SquareDecay);
        for (var i = 0; i < parameters.Length; i++)
        {
            _mean[i] = MeanDecay * _mean[i] + (1 - MeanDecay) * gradient[i];
            _square[i] = SquareDecay * _square[i] + (1 - SquareDecay) * gradient[i] * gradient[i];
            var (mean, square) = (_mean[i] / (1 - _meanDecayed), _square[i] / (1 - _squareDecayed));
            parameters[i] -= rate * (weightDecay * parameters[i] + mean / (Math.Sqrt(square) + Epsilon));
        }
    }
}

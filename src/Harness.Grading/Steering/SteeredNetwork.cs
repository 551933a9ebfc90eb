using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>A network that is moved through its parameter space and scored; θ* itself is never modified.</summary>
/// <param name="model">Network, θ* and a cross-entropy loss.</param>
/// <param name="options">Precision, device and batches of the forward passes.</param>
public sealed class SteeredNetwork(Model model, LandscapeOptions? options = null)
{
    private readonly Model _model = model.Loss.Kind == LossKind.CrossEntropy
        ? model
        : throw new ArgumentException($"Steering is judged by accuracy, so the model must be a classifier; its loss is {model.Loss.Kind}.", nameof(model));

    /// <summary>‖θ*‖, the unit of steps.</summary>
    public double Norm { get; } = model.Parameters.norm().ToDouble();

    /// <summary>The scores at <c>θ* + sign·λ·d</c>.</summary>
    public SteeringPoint At(SteeringDirection direction, int sign, double lambda, SteeringSets sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        using var scope = NewDisposeScope();
        var parameters = Parameters(direction, sign, lambda);
        return new SteeringPoint(lambda, Score(parameters, sets.Keep), Score(parameters, sets.Ablate), sets.Mixed is { } mixed ? Score(parameters, mixed) : null);
    }

    /// <summary>The score on one set at <c>θ* + sign·λ·d</c>.</summary>
    public SetScore At(SteeringDirection direction, int sign, double lambda, DataSet data)
    {
        using var scope = NewDisposeScope();
        return Score(Parameters(direction, sign, lambda), data);
    }

    /// <summary>The scores at λ = 0 and at each of some steps.</summary>
    /// <param name="direction">d.</param>
    /// <param name="sign">+1 or −1.</param>
    /// <param name="lambdas">Ascending, above 0.</param>
    /// <param name="sets">The data.</param>
    public SteeringCurve Along(SteeringDirection direction, int sign, IEnumerable<double> lambdas, SteeringSets sets)
    {
        ArgumentNullException.ThrowIfNull(direction);
        ArgumentNullException.ThrowIfNull(lambdas);
        return new SteeringCurve(direction.Name, sign, [.. lambdas.Prepend(0).Select(lambda => At(direction, sign, lambda, sets))]);
    }

    private Tensor Parameters(SteeringDirection direction, int sign, double lambda)
    {
        ArgumentNullException.ThrowIfNull(direction);
        if (sign is not (1 or -1))
            throw new ArgumentOutOfRangeException(nameof(sign), sign, "A direction is followed in the sense +1 or −1.");
        return lambda == 0 ? _model.Parameters.detach() : _model.Parameters.detach() + direction.Vector * (sign * lambda);
    }

    private SetScore Score(Tensor parameters, DataSet data)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var outputs = new LossLandscape(_model.Network, _model.Loss, data, options).Outputs(parameters);
        // Counts over counts where no sample weighs more than another, so that all right is exactly 1.
        var weights = data.Weights ?? ones(data.Count, dtype: ScalarType.Float64);
        var total = weights.sum().ToDouble();
        var isRight = outputs.argmax(1).eq(data.Targets).logical_and(outputs.isfinite().all(1)).to(ScalarType.Float64);
        return new SetScore(_model.Loss.PerSample(outputs, data.Targets).dot(weights).ToDouble() / total, isRight.dot(weights).ToDouble() / total);
    }
}

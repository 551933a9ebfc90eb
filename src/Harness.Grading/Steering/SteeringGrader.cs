using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Grades steering directions: chosen by training data, scored on held-out data. It trusts no length, no orthogonality and no order.</summary>
/// <param name="network">The network that is steered.</param>
/// <param name="parameters">P.</param>
/// <param name="train">Data to choose by; they may be less than the model has (semi-supervised).</param>
/// <param name="test">Data to score on.</param>
public sealed class SteeringGrader(SteeredNetwork network, long parameters, SteeringSets train, SteeringSets test)
{
    /// <summary>Grades one method's answer.</summary>
    /// <param name="answer">The directions.</param>
    /// <param name="progress">Fractions 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    /// <exception cref="ArgumentException">A direction is not <c>[P]</c> float64, not finite, or not of length 1.</exception>
    public SteeringGrade Grade(SteeringAnswer answer, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        foreach (var direction in answer.Directions)
            Check(answer.Method.Name, direction);
        var choice = SteeringSelection.Choose(network, answer.Directions, train, progress: progress, cancellation: cancellation);
        var curve = choice is null ? null : Follow(choice.Direction, choice.Sign, choice.Lambda);
        return new SteeringGrade(
            answer, Orthogonality(answer), answer.Avoided is { } avoided ? Tolerances.SteeringOrthogonality(avoided.Dimension) : null, choice, curve);
    }

    /// <summary>Held-out scores along a direction, on the usual grid of steps and at one more.</summary>
    /// <param name="direction">d.</param>
    /// <param name="sign">+1 or −1.</param>
    /// <param name="lambda">A step that the curve must contain; 0 is contained anyway.</param>
    /// <param name="stride">1: every step of the grid; 2: every other; …</param>
    public SteeringCurve Follow(SteeringDirection direction, int sign, double lambda = 0, int stride = 1) => network.Along(
        direction, sign, SteeringSelection.Lambdas(network.Norm).Where((_, index) => (index + 1) % stride == 0).Append(lambda).Where(step => step > 0).Distinct().Order(), test);

    private static double[]? Orthogonality(SteeringAnswer answer)
    {
        if (answer.Avoided is not { } avoided)
            return null;
        using var scope = NewDisposeScope();
        return [.. answer.Directions.Select(direction => avoided.Coordinates(direction.Vector.unsqueeze(0)).norm().ToDouble() / direction.Vector.norm().ToDouble())];
    }

    private void Check(string method, SteeringDirection direction)
    {
        var vector = direction.Vector;
        if (vector.ndim != 1 || vector.shape[0] != parameters || vector.dtype != ScalarType.Float64)
            throw new ArgumentException(
                $"{method}: direction {direction.Name} must be [{parameters}] float64, got {vector.dtype} [{string.Join(", ", vector.shape)}].");
        using var scope = NewDisposeScope();
        var length = vector.norm().ToDouble();
        // A length that is no number fails too.
        if (!(Math.Abs(length - 1) <= Tolerances.SteeringOrthogonality(parameters)))
            throw new ArgumentException($"{method}: direction {direction.Name} must have length 1 and finite entries, its length is {length:g17}.");
    }
}

using Harness.Models;

namespace Harness.Conformance;

/// <summary>Small networks with random weights that any method must be able to take: they run in milliseconds and plant nothing.</summary>
public static class ConformanceSubjects
{
    /// <summary>One hidden layer of squares on a regression, and two hidden ReLU layers with biases on a classification.</summary>
    public static IReadOnlyList<ConformanceSubject> Small { get; } =
    [
        new Perceptron("square 4-5-3", [4, 5, 3], "square", LossKind.MeanSquaredError, Seed: 1).AsSubject(),
        new Perceptron("relu 3-4-4-3", [3, 4, 4, 3], "relu", LossKind.CrossEntropy, Seed: 2).AsSubject(),
    ];
}

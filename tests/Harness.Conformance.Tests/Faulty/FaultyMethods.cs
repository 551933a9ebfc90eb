using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Conformance.Tests;

/// <summary>A method given by what it does; correct in everything that a faulty one does not spoil.</summary>
internal sealed class GivenMethod(Func<Subject, MethodContext, Subnetwork[]> decompose, string name = "given") : IDecompositionMethod
{
    public MethodInfo Describe() => new(name, "1", "Given by a test.", IsStochastic: false);

    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        return new Decomposition(Describe(), decompose(subject, context), new Dictionary<string, string>());
    }
}

/// <summary>Goes on whatever the context says.</summary>
internal sealed class UnstoppableMethod : IDecompositionMethod
{
    public MethodInfo Describe() => new("unstoppable", "1", "Does not stop.", IsStochastic: false);

    public Decomposition Decompose(Subject subject, MethodContext context) =>
        new(Describe(), [new Subnetwork("all", component: subject.Model.Parameters.clone())], new Dictionary<string, string>());
}

/// <summary>Each breaks one rule, as a real implementation might. <see cref="Sound"/> breaks none.</summary>
internal static class FaultyMethods
{
    private static int s_calls;

    /// <summary>{θ*} and the mean gradient's direction: equivariant, deterministic, and of no use.</summary>
    internal static IDecompositionMethod Sound() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", DenseSubspace.Span(Gradient(subject).unsqueeze(0)), subject.Model.Parameters.clone(), Activity(subject, 1))]);

    internal static IDecompositionMethod Unnamed() =>
        new GivenMethod((subject, _) => [new Subnetwork("all", component: subject.Model.Parameters.clone())], "My Method!");

    /// <summary>
    /// Draws from a source that the context does not seed (here a call counter stands for the clock, so that the test is
    /// deterministic).
    /// </summary>
    internal static IDecompositionMethod Unseeded() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: subject.Model.Parameters * (1 + 1e-9 * Interlocked.Increment(ref s_calls)))]);

    /// <summary>Masks θ* in place, as a pruning loop does, and forgets to restore it.</summary>
    internal static IDecompositionMethod InPlace() => new GivenMethod((subject, _) =>
    {
        var component = subject.Model.Parameters.clone();
        subject.Model.Parameters.mul_(0.5);
        return [new Subnetwork("all", component: component)];
    });

    /// <summary>Normalises (here: negates) the data in place.</summary>
    internal static IDecompositionMethod InPlaceData() => new GivenMethod((subject, _) =>
    {
        subject.DataSets[0].Inputs.mul_(-1);
        return [new Subnetwork("all", component: subject.Model.Parameters.clone())];
    });

    /// <summary>Leaves the last parameter out.</summary>
    internal static IDecompositionMethod Misshapen() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: subject.Model.Parameters.narrow(0, 0, subject.Model.Parameters.shape[0] - 1).clone())]);

    /// <summary>Directions of one tensor only, not embedded in the whole space.</summary>
    internal static IDecompositionMethod DirectionsOfOneTensor() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", CoordinateSubspace.Whole(subject.Model.Network.Layout[0].Length))]);

    /// <summary>Leaves its answer in a dispose scope of its own.</summary>
    internal static IDecompositionMethod Disposed() => new GivenMethod((subject, _) =>
    {
        using var scope = NewDisposeScope();
        return [new Subnetwork("all", component: subject.Model.Parameters.clone())];
    });

    internal static IDecompositionMethod ActivityOfAnotherSet() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: subject.Model.Parameters.clone(), activity: new Dictionary<string, double[]> { ["train"] = [1] })]);

    /// <summary>Divides by the norm of a dead cluster.</summary>
    internal static IDecompositionMethod NotANumber() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: subject.Model.Parameters * double.NaN)]);

    internal static IDecompositionMethod NegativeActivity() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: subject.Model.Parameters.clone(), activity: Activity(subject, -1))]);

    internal static IDecompositionMethod Unstoppable() => new UnstoppableMethod();

    /// <summary>Calls the first half of the parameters a subnetwork: right on every model that was written down in that order.</summary>
    internal static IDecompositionMethod FirstHalf() => new GivenMethod((subject, _) =>
    {
        var length = subject.Model.Network.Layout.Length;
        return [new Subnetwork("first half", new CoordinateSubspace(length, [.. Enumerable.Range(0, (int)length / 2).Select(i => (long)i)]))];
    });

    /// <summary>Takes the first sample for the data set.</summary>
    internal static IDecompositionMethod FirstSample() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", DenseSubspace.Span(Gradient(subject with { DataSets = [First(subject.DataSets[0])] }).unsqueeze(0)))]);

    /// <summary>Sums over samples where a mean is due.</summary>
    internal static IDecompositionMethod SumOverSamples() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: Gradient(subject) / Gradient(subject).norm() * subject.DataSets[0].Count)]);

    /// <summary>One step down the gradient, of a length that is right for one loss only.</summary>
    internal static IDecompositionMethod GradientStep() => new GivenMethod((subject, _) =>
        [new Subnetwork("all", component: subject.Model.Parameters - Gradient(subject) * 0.1)]);

    /// <summary>Takes the tensors that are called weights.</summary>
    internal static IDecompositionMethod WeightsByName() => new GivenMethod((subject, _) =>
    {
        var layout = subject.Model.Network.Layout;
        return
        [
            new Subnetwork("weights", new CoordinateSubspace(
                layout.Length, [.. layout.Where(slot => slot.Name.StartsWith('w')).SelectMany(slot => Enumerable.Range(0, (int)slot.Length).Select(k => slot.Offset + k))])),
        ];
    });

    private static Tensor Gradient(Subject subject) =>
        new LossLandscape(subject.Model.Network, subject.Model.Loss, subject.DataSets[0]).Gradient(subject.Model.Parameters);

    private static Dictionary<string, double[]> Activity(Subject subject, double value) =>
        subject.DataSets.ToDictionary(data => data.Name, data => Enumerable.Repeat(value, (int)data.Count).ToArray());

    private static DataSet First(DataSet data) => new(data.Name, data.Inputs.narrow(0, 0, 1), data.Targets.narrow(0, 0, 1));
}

using Harness.Decompositions;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// A subject of one case's own. Whatever a method does to its tensors reaches neither the grader nor the next case, and is noticed.
/// </summary>
internal sealed class SubjectCopy
{
    private readonly List<(string What, Tensor Original, Tensor Copy)> _tensors = [];

    /// <summary>Copies every tensor; the copies belong to the caller's dispose scope.</summary>
    internal SubjectCopy(Subject original)
    {
        var network = original.Model.Network;
        var constants = network.Constants.ToDictionary(constant => constant.Key, constant => Copy($"the constant '{constant.Key}'", constant.Value));
        var copied = constants.Count == 0 ? network : new Network(network.Layout, network.Operations, network.Output, network.Input, constants);
        var model = new Model(copied, Copy("the parameters", original.Model.Parameters), original.Model.Loss);
        Subject = new Subject(model, [.. original.DataSets.Select(Copy)]);
    }

    /// <summary>What the method is given.</summary>
    internal Subject Subject { get; }

    /// <summary>A tensor that is no longer what it was, in words; null where all are.</summary>
    internal string? Changed() => _tensors.FirstOrDefault(one => !IsSame(one.Original, one.Copy)).What;

    private DataSet Copy(DataSet data) => new(
        data.Name, Copy($"the inputs of data set '{data.Name}'", data.Inputs), Copy($"the targets of data set '{data.Name}'", data.Targets),
        data.Weights is { } weights ? Copy($"the weights of data set '{data.Name}'", weights) : null);

    private Tensor Copy(string what, Tensor original)
    {
        var copy = original.clone();
        _tensors.Add((what, original, copy));
        return copy;
    }

    private static bool IsSame(Tensor original, Tensor copy)
    {
        using var scope = NewDisposeScope();
        return !copy.IsInvalid && copy.dtype == original.dtype && copy.shape.AsSpan().SequenceEqual(original.shape)
            && !copy.ne(original).any().item<bool>();
    }
}

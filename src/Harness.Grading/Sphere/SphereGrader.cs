using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// The grader's columns beside a sphere search: how strong every planted subnetwork still is, and where a displacement lies. The search sees none of it
/// (methods.md M4: choosing by a known block would be circular).
/// </summary>
public sealed class SphereGrader
{
    /// <summary>A subnetwork below this share of its strength at θ* is broken …</summary>
    public const double BrokenBelow = 0.5;

    /// <summary>… if all others are above this one.</summary>
    public const double OthersAbove = 0.7;

    private readonly ToyModel _toy;
    private readonly DataSet _data;
    private readonly double[] _start;

    /// <summary>Measures the strengths at θ*.</summary>
    /// <param name="toy">An undisguised classifier with planted subnetworks that add up in its logits.</param>
    /// <exception cref="ArgumentException">Nothing is planted, the model is disguised or no classifier, or a subnetwork adds nothing at θ*.</exception>
    public SphereGrader(ToyModel toy)
    {
        ArgumentNullException.ThrowIfNull(toy);
        if (toy.Truth.Subnetworks.Count == 0 || toy.Disguise is not null || toy.Model.Loss.Kind != LossKind.CrossEntropy)
            throw new ArgumentException($"Strengths are of planted subnetworks of an undisguised classifier; '{toy.Id}' is none.", nameof(toy));
        (_toy, _data) = (toy, toy.DataSets[0]);
        _start = Raw(toy.Model.Parameters);
        if (Array.FindIndex(_start, strength => !(strength > 0)) is var none and >= 0)
            throw new ArgumentException($"'{toy.Truth.Subnetworks[none].Name}' of '{toy.Id}' adds {_start[none]:g3} to the right class at θ*; strengths are relative to it.", nameof(toy));
    }

    /// <summary>
    /// Strength of every planted subnetwork, relative to θ*: what it adds to the logit of the right class beyond its mean over classes, on average over the
    /// data, when it is alone. For Fourier models this is the coefficient of their cosine.
    /// </summary>
    /// <param name="parameters">θ, <c>[P]</c>.</param>
    public double[] Strengths(Tensor parameters) => [.. Raw(parameters).Zip(_start, (now, then) => now / then)];

    /// <summary>The share of a displacement's squared length in every planted subnetwork.</summary>
    /// <param name="rows">One or more displacements or directions, <c>[k, P]</c>: the mean of their shares.</param>
    public double[] Shares(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var units = rows / rows.norm(1, true);
        return [.. _toy.Truth.Subnetworks.Select(planted => planted.Subspace.Coordinates(units).square().sum().ToDouble() / rows.shape[0])];
    }

    /// <summary>Mean cross-entropy, nats: without weight decay or a factor.</summary>
    /// <param name="parameters">θ, <c>[P]</c>.</param>
    public double CrossEntropy(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        return (_toy.Model.Loss with { Factor = 1 }).PerSample(_toy.Model.Network.Forward(parameters, _data.Inputs), _data.Targets).mean().ToDouble();
    }

    /// <summary>The share of samples that are classified right.</summary>
    /// <param name="parameters">θ, <c>[P]</c>.</param>
    public double Accuracy(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        return _toy.Model.Network.Forward(parameters, _data.Inputs).argmax(1).eq(_data.Targets).to(ScalarType.Float64).mean().ToDouble();
    }

    /// <summary>The one subnetwork that is broken while all others are not; null: none, or more than one, or the others have suffered.</summary>
    public static int? Broken(IReadOnlyList<double> strengths)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        int[] broken = [.. Enumerable.Range(0, strengths.Count).Where(index => strengths[index] < BrokenBelow)];
        return broken.Length == 1 && strengths.Where((_, index) => index != broken[0]).All(strength => strength > OthersAbove) ? broken[0] : null;
    }

    private double[] Raw(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        return [.. _toy.Truth.Subnetworks.Select(planted =>
        {
            var alone = parameters - planted.Subspace.ProjectOff(parameters.unsqueeze(0))[0];
            var logits = _toy.Model.Network.Forward(alone, _data.Inputs);
            return (logits.gather(1, _data.Targets.unsqueeze(1)).mean() - logits.mean()).ToDouble();
        })];
    }
}

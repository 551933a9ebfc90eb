using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What the grader knows of a model's truth, computed once and shared by all disguises of the model: everything here is in the undisguised gauge.
/// Owns its tensors; the planted subnetworks stay the model's.
/// </summary>
public sealed class TruthProfile : IDisposable
{
    private TruthProfile(Network network, Truth truth, Tensor parameters, Tensor mask) =>
        (Network, Truth, Parameters, DecomposedMask, _byParameter) =
            (network, truth, parameters, mask, [.. truth.Subnetworks.Select((_, i) => new Lazy<(double[], double[])>(() => MeasureByParameter(i)))]);

    private readonly Lazy<(double[] Size, double[] Captured)>[] _byParameter;

    /// <summary>The architecture.</summary>
    public Network Network { get; }

    /// <summary>The parameters' names and shapes.</summary>
    public ParameterLayout Layout => Network.Layout;

    /// <summary>θ* <c>[P]</c>, undisguised.</summary>
    public Tensor Parameters { get; }

    /// <summary>The planted subnetworks.</summary>
    public Truth Truth { get; }

    /// <summary>m, the number of planted subnetworks.</summary>
    public int Count => Truth.Subnetworks.Count;

    /// <summary>Whether recovery is defined: a single subnetwork cannot be told from the whole.</summary>
    public bool HasSeveral => Count >= 2;

    /// <summary>d, the dimension of the sum of all S_i; 0 where recovery is not defined.</summary>
    public long SumDimension { get; private init; }

    /// <summary>G_i, one per planted subnetwork; empty where recovery is not defined.</summary>
    public IReadOnlyList<Sensitivity> Sensitivities { get; private init; } = [];

    /// <summary>For each planted subnetwork, the share of tr G_i that lies in each tensor of the layout.</summary>
    public IReadOnlyList<double[]> SensitivityShares { get; private init; } = [];

    /// <summary>1 on the tensors that the planted components sum to, 0 on the shared rest, <c>[P]</c>. Components are compared there only.</summary>
    public Tensor DecomposedMask { get; }

    /// <summary>c_i <c>[m, P]</c> restricted to the decomposed tensors; null where the truth has no components or recovery is not defined.</summary>
    public Tensor? Components { get; private init; }

    /// <summary>D⁰_i = |cos(θ*, c_i)|: the Dice of the best multiple of θ*. Empty where <see cref="Components"/> is null.</summary>
    public IReadOnlyList<double> ComponentChance { get; private init; } = [];

    /// <summary>For planted subnetwork i and each parameter k: how much of the axis k lies in S_i, and how much it captures of G_i. Computed at first use.</summary>
    internal (double[] Size, double[] Captured) ByParameter(int i) => _byParameter[i].Value;

    /// <summary>Computes the profile of a model, disguised or not.</summary>
    /// <exception cref="ArgumentException">
    /// A planted subnetwork moves no output, fills the sum of all, or has a component that is 0 or a multiple of θ*: recovery would not be defined.
    /// </exception>
    public static TruthProfile Of(ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        var visible = model.Model.Parameters;
        var parameters = model.Disguise is null ? visible.clone() : model.Disguise.ApplyInverse(visible.unsqueeze(0)).reshape(-1).clone();
        var (network, planted) = (model.UndisguisedNetwork, model.Truth.Subnetworks);
        var mask = MaskOf(network.Layout, model.Truth.DecomposedTensors);
        var bare = new TruthProfile(network, model.Truth, parameters.DetachFromDisposeScope(), mask);
        if (!bare.HasSeveral)
            return bare;
        var sum = Subspaces.Sum([.. planted.Select(one => one.Subspace)]).Dimension;
        foreach (var one in planted)
            if (one.Subspace.Dimension >= sum)
                throw new ArgumentException($"Planted subnetwork '{one.Name}' of model '{model.Id}' fills the sum of all {planted.Count}.", nameof(model));
        var undisguised = new Model(network, parameters, model.Model.Loss);
        var sensitivities = planted.Select(one => SensitivityMeasurement.Of(undisguised, model.DataSets, one)).ToArray();
        var components = planted.All(one => one.Component is not null)
            ? (stack(planted.Select(one => one.Component!)) * mask).DetachFromDisposeScope()
            : null;
        return new TruthProfile(network, model.Truth, parameters, mask)
        {
            SumDimension = sum,
            Sensitivities = sensitivities,
            SensitivityShares = [.. planted.Select((one, i) => SharesOf(network.Layout, one.Subspace, sensitivities[i]))],
            Components = components,
            ComponentChance = components is null ? [] : ChanceOf(model, parameters * mask, components),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        DecomposedMask.Dispose();
        Components?.Dispose();
        foreach (var sensitivity in Sensitivities)
            sensitivity.Dispose();
    }

    private (double[], double[]) MeasureByParameter(int i)
    {
        var (subspace, sensitivity) = (Truth.Subnetworks[i].Subspace, Sensitivities[i]);
        if (subspace is CoordinateSubspace set)
        {
            var (inside, captured) = (new double[Layout.Length], new double[Layout.Length]);
            for (var k = 0; k < set.Indices.Count; k++)
                (inside[set.Indices[k]], captured[set.Indices[k]]) = (1, sensitivity.CapturedAt([k]));
            return (inside, captured);
        }
        using var scope = NewDisposeScope();
        var axes = subspace.Basis().t();
        return (axes.square().sum(1).data<double>().ToArray(), sensitivity.CapturedByRow(axes).data<double>().ToArray());
    }

    private static double[] SharesOf(ParameterLayout layout, Subspace subspace, Sensitivity sensitivity)
    {
        using var scope = NewDisposeScope();
        return [.. layout.Select(slot => new Overlap(subspace, SlotAxes(layout, slot)).Captured(sensitivity) / sensitivity.Trace)];
    }

    private static CoordinateSubspace SlotAxes(ParameterLayout layout, ParameterSlot slot)
    {
        var axes = new long[slot.Length];
        for (var k = 0; k < axes.Length; k++)
            axes[k] = slot.Offset + k;
        return new CoordinateSubspace(layout.Length, axes);
    }

    private static double[] ChanceOf(ToyModel model, Tensor parameters, Tensor components)
    {
        using var scope = NewDisposeScope();
        var cosines = (components.mv(parameters) / (components.square().sum(1).sqrt() * parameters.norm())).abs().data<double>().ToArray();
        for (var i = 0; i < cosines.Length; i++)
            if (!(cosines[i] < 1 - 1e-9))
                throw new ArgumentException(
                    $"The component of planted subnetwork '{model.Truth.Subnetworks[i].Name}' of model '{model.Id}' has |cos| {cosines[i]} with θ*: "
                    + "it is 0 or a multiple of θ*.",
                    nameof(model));
        return cosines;
    }

    private static Tensor MaskOf(ParameterLayout layout, IReadOnlyList<string> names)
    {
        using var scope = NewDisposeScope();
        var mask = zeros(layout.Length, float64);
        foreach (var name in names)
            mask.narrow(0, layout[name].Offset, layout[name].Length).fill_(1);
        return mask.DetachFromDisposeScope();
    }
}

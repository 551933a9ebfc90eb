using Harness.Grading;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>What <c>harness show</c> says of a model.</summary>
internal sealed record ModelView(
    string Model, ulong ModelSeed, string Disguise, string Summary, string Truth, TruthGrade TruthGrade, string Loss,
    IReadOnlyList<string> AdmissibleDisguises, bool Readable, long ParameterCount,
    IReadOnlyList<ModelView.ParameterView> Parameters, IReadOnlyList<ModelView.DataView> DataSets,
    IReadOnlyList<ModelView.SubnetworkView> Subnetworks, IReadOnlyList<ModelView.CheckView> Certificate)
{
    /// <summary>One tensor of θ.</summary>
    internal sealed record ParameterView(string Name, IReadOnlyList<long> Shape, long Entries);

    /// <summary>One data set.</summary>
    internal sealed record DataView(string Name, long Samples, IReadOnlyList<long> Inputs, IReadOnlyList<long> Targets);

    /// <summary>One planted subnetwork: its dimension, ‖c_i‖²/‖θ*‖² (null: no component), and the share of samples it is active on.</summary>
    internal sealed record SubnetworkView(string Name, long Dimension, double? ComponentShare, double ActiveFraction);

    /// <summary>One check of the certificate.</summary>
    internal sealed record CheckView(string Name, string Unit, double Measured, double Limit, bool AtMost, bool Holds);

    internal static ModelView Of(
        ToyModelEntry entry, ToyModel model, CaseDisguise disguise, IReadOnlyList<CertificateResult> certificate)
    {
        using var scope = NewDisposeScope();
        var (network, loss) = (model.Model.Network, model.Model.Loss);
        var total = model.Model.Parameters.square().sum().ToDouble();
        double? Share(PlantedSubnetwork planted) => planted.Component is { } component ? component.square().sum().ToDouble() / total : null;
        return new ModelView(
            entry.Id, model.Seed, disguise.Label, entry.Summary, model.Truth.Statement, model.Truth.Grade,
            loss.WeightDecay == 0 ? $"{loss.Kind}" : $"{loss.Kind} + ½·{loss.WeightDecay}·‖θ‖²",
            [.. model.AdmissibleDisguises.Select(CaseDisguise.Word)], model.IsReadable, network.Layout.Length,
            [.. network.Layout.Select(slot => new ParameterView(slot.Name, slot.Shape, slot.Length))],
            [.. model.DataSets.Select(set => new DataView(set.Name, set.Count, set.Inputs.shape, set.Targets.shape))],
            [.. model.Truth.Subnetworks.Select(planted => new SubnetworkView(
                planted.Name, planted.Subspace.Dimension, Share(planted),
                planted.Activity.Values.SelectMany(active => active).Average(active => active ? 1.0 : 0)))],
            [.. certificate.Select(result => new CheckView(
                result.Check.Name, result.Check.Unit, result.Measured, result.Check.Limit, result.Check.AtMost, result.Holds))]);
    }
}

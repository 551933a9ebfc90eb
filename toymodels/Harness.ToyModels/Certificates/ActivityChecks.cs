using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Checks that subnetworks are used exactly where the truth says, for truths whose components can be taken out one by one.
/// </summary>
internal static class ActivityChecks
{
    /// <summary>An input whose outputs change without a subnetwork that is said to be silent there is reported by how much they change.</summary>
    internal static CertificateCheck Silent() => new(
        "ablating a subnetwork changes no output where it is inactive",
        model => Changes(model, active: false).Append(0).Largest(), Tolerances.SameOutputs, true, "largest absolute change");

    /// <summary>An input on which a subnetwork is said to be used, and on which taking it out changes nothing, is reported.</summary>
    internal static CertificateCheck Heard() => new(
        "ablating a subnetwork changes the outputs wherever it is active",
        model => Changes(model, active: true).Least(), Tolerances.SameOutputs, false, "least of the inputs' largest changes");

    /// <summary>Largest change of an output, for every subnetwork and every sample of every data set on which it is active (or is not).</summary>
    private static IEnumerable<double> Changes(ToyModel model, bool active)
    {
        for (var set = 0; set < model.DataSets.Count; set++)
            foreach (var change in Changes(model, set, active))
                yield return change;
    }

    private static double[] Changes(ToyModel model, int set, bool active)
    {
        using var scope = NewDisposeScope();
        var outputs = Ablation.Outputs(model, set);
        return
        [
            .. model.Truth.Subnetworks.SelectMany(planted =>
            {
                var change = (Ablation.Without(model, planted.Component!, set) - outputs).abs().amax(1).data<double>().ToArray();
                return change.Zip(planted.Activity[model.DataSets[set].Name]).Where(pair => pair.Second == active).Select(pair => pair.First);
            }),
        ];
    }
}

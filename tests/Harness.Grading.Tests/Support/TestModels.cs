using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The models on which the miniatures are tested.</summary>
internal static class TestModels
{
    /// <summary>Sensitivities are derivatives of every output on every sample by every parameter; larger models, and larger sizes of a family, are left to longer suites.</summary>
    private const long MostSensitivities = 20_000_000;

    /// <summary>Larger sizes and variants of families that are tested by another member.</summary>
    private static readonly string[] s_left = ["gated-functions-16", "deep-linear-32", "direct-sum-8", "direct-sum-8-dense", "modular-addition-relu"];

    private static readonly Lazy<IReadOnlyList<(string Id, CaseDisguise Disguise)>> s_all = new(() =>
    {
        using var scope = NewDisposeScope();
        return
        [
            .. ToyModelCatalog.Entries
                .Where(entry => entry.Family != "planted-spectrum" && !entry.Id.Contains("-p", StringComparison.Ordinal) && !s_left.Contains(entry.Id))
                .Select(entry => ToyModelCatalog.Create(entry.Id))
                .Where(model => model.Truth.Subnetworks.Count >= 2 && Sensitivities(model) <= MostSensitivities)
                .SelectMany(model => CaseDisguise.Each.Where(disguise => disguise.AppliesTo(model)).Select(disguise => (model.Id, disguise))),
        ];
    });

    public static IReadOnlyList<(string Id, CaseDisguise Disguise)> Disguised() => s_all.Value;

    private static long Sensitivities(ToyModel model)
    {
        var outputs = model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs.narrow(0, 0, 1)).shape[1];
        return model.DataSets[0].Count * outputs * model.Model.Network.Layout.Length;
    }

    public static GradingCase Find(string id, string disguise) => GradingCase.Of(id, CaseDisguise.Each.First(one => one.Label == disguise));
}

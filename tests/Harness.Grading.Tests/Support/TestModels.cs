using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The models on which the miniatures are tested.</summary>
internal static class TestModels
{
    /// <summary>Sensitivities take a Jacobian product for each parameter; larger models are left to longer suites.</summary>
    private const long MostParameters = 2000;

    private static readonly Lazy<IReadOnlyList<(string Id, CaseDisguise Disguise)>> s_all = new(() =>
    {
        using var scope = NewDisposeScope();
        return
        [
            .. ToyModelCatalog.Entries
                .Where(entry => entry.Family != "planted-spectrum" && !entry.Id.Contains("-p", StringComparison.Ordinal))
                .Select(entry => ToyModelCatalog.Create(entry.Id))
                .Where(model => model.Truth.Subnetworks.Count >= 2 && model.Model.Network.Layout.Length <= MostParameters)
                .SelectMany(model => CaseDisguise.All.Where(disguise => disguise.AppliesTo(model)).Select(disguise => (model.Id, disguise))),
        ];
    });

    public static IReadOnlyList<(string Id, CaseDisguise Disguise)> Disguised() => s_all.Value;

    public static GradingCase Find(string id, string disguise) => GradingCase.Of(id, CaseDisguise.All.First(one => one.Label == disguise));
}

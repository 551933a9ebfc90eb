using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>A model says that it can be read if and only if someone who reads names and zeros solves it.</summary>
public class ReadabilityTests
{
    /// <summary>Plants that take minutes to measure; the family's small member is measured.</summary>
    private static readonly string[] s_large =
    [
        "modular-addition-p59", "modular-addition-p97", "modular-addition-chunked-p37", "compressed-computation-2", "compressed-computation-3",
        "compressed-computation-m0", "parallel-modules", "parallel-modules-cnn",
    ];

    public static TheoryData<string> Ids => [.. ToyModelCatalog.Entries.Where(entry => CanBeRead(entry) && !s_large.Contains(entry.Id)).Select(entry => entry.Id)];

    /// <summary>Spectra and controls plant no subnetworks that could be read.</summary>
    private static bool CanBeRead(ToyModelEntry entry) => entry.Family is not "planted-spectrum" and not "digit-pattern-cnn" && !entry.Id.StartsWith("control/", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_label_is_what_is_measured(string id)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create(id);
        var measured = Readability.Measure(model);
        Assert.True(
            model.IsReadable == (measured?.IsSolved ?? false),
            $"{id} says that it is {(model.IsReadable ? "" : "not ")}readable; {measured?.Family} reaches {measured?.Score:f3} in {measured?.Column}.");
    }

    /// <summary>Kills a reader that finds nothing anywhere: it reads the direct sum, also with its units permuted.</summary>
    [Fact]
    public void Direct_sums_are_read_by_their_connected_components()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("direct-sum");
        foreach (var seen in new[] { model, Disguises.Apply(model, DisguiseKind.Permute, 1) })
        {
            var measured = Readability.Measure(seen)!;
            Assert.True(measured.IsSolved);
            Assert.Equal("connected-components", measured.Family);
        }
    }

    /// <summary>
    /// A rotation of its hidden spaces leaves no zeros to read: the twin by which a readable model is judged. Those without are listed here; the direct
    /// sum is judged by direct-sum-dense, a model of its own, of which the label is tested above.
    /// </summary>
    [Fact]
    public void Readable_models_are_judged_by_a_rotated_twin_or_not_at_all()
    {
        using var scope = NewDisposeScope();
        var unjudged = new List<string>();
        foreach (var model in ToyModelCatalog.Entries.Where(CanBeRead).Select(entry => entry.Create(0)).Where(model => model.IsReadable))
            if (!Disguises.Admits(model, DisguiseKind.Rotate))
                unjudged.Add(model.Id);
            else
                Assert.False(Readability.Measure(Disguises.Apply(model, DisguiseKind.Rotate, 0))!.IsSolved, model.Id);
        // Units of a non-linear layer, each with weights of its own: no rotation mixes them.
        Assert.Equal(["direct-sum", "compressed-computation-exact"], unjudged);
    }
}

using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>A model says that it can be read if and only if someone who reads names and zeros solves it.</summary>
public class ReadabilityTests
{
    /// <summary>Plants that take minutes to measure; the family's small member is measured.</summary>
    private static readonly string[] s_large =
    [
        "modular-addition-p59", "modular-addition-p97", "modular-addition-p59-all", "modular-addition-p97-all", "modular-addition-random-phases",
        "modular-addition-random-phases-p59", "modular-addition-relu-p59", "gated-modular-addition-p59", "modular-addition-chunked-p37", "compressed-computation-2", "compressed-computation-3",
        "compressed-computation-m0", "parallel-modules", "parallel-modules-cnn", "parallel-modules-48", "parallel-modules-cnn-16",
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
    /// Every readable model has a twin in which there is nothing to read: itself with its linear spaces rotated, or a dense model of its own. A new readable
    /// model needs one too, or a reason beside its name here.
    /// </summary>
    [Fact]
    public void Every_readable_model_has_a_twin_that_cannot_be_read()
    {
        using var scope = NewDisposeScope();
        var readable = ToyModelCatalog.Entries.Where(CanBeRead).Select(entry => entry.Create(0)).Where(model => model.IsReadable).ToList();
        Assert.Equal(["deep-linear", "deep-linear-32", "direct-sum", "direct-sum-8", "compressed-computation-exact"], readable.Select(model => model.Id));
        foreach (var model in readable)
        {
            var twin = ReadableTwin.Of(model);
            Assert.True(twin is not null, model.Id);
            var measured = Readability.Measure(twin.Build())!;
            Assert.False(measured.IsSolved, $"{twin.Name}: {measured}");
        }
    }
}

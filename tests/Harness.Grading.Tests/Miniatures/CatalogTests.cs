namespace Harness.Grading.Tests;

public class CatalogTests
{
    [Fact]
    public void Names_are_unique_and_addressable()
    {
        Assert.Equal(MiniatureCatalog.All.Count, MiniatureCatalog.All.Select(one => one.Name).Distinct().Count());
        Assert.All(MiniatureCatalog.All, one => Assert.Equal($"builtin:miniature/{one.Name}", one.Selector));
        Assert.All(MiniatureCatalog.All, one => Assert.Same(one, MiniatureCatalog.Get(one.Name)));
        Assert.All(MiniatureCatalog.All, one => Assert.EndsWith(".", one.Summary));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_there_are()
    {
        var exception = Assert.Throws<ArgumentException>(() => MiniatureCatalog.Get("orakel"));
        Assert.Contains("No miniature is named 'orakel'; there are oracle, ", exception.Message);
    }

    /// <summary>A miniature is a method like any other: equal seeds, equal answers. Kills a random source that is shared or unseeded.</summary>
    [Fact]
    public void Random_miniatures_depend_on_their_seed_alone()
    {
        var seen = GradingCase.Of("direct-sum");
        foreach (var name in new[] { "random-directions", "oracle-noise-50", "oracle-rebased", "truth-rotated" })
            Assert.Equal(seen.Directions(name, 3), seen.Directions(name, 3));
        Assert.NotEqual(seen.Directions("random-directions", 3), seen.Directions("random-directions", 4));
    }
}

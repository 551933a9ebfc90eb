using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The quick suite's bars, tried with answers whose verdict is known. Kills a bar that some null clears, and one that the truth does not.</summary>
public class QuickSuiteTests
{
    /// <summary>The direct sum can be read off its weights: there every bar is refused, and it is the only one.</summary>
    private const string Readable = "direct-sum";

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (id, disguise) in TestModels.Disguised().Where(one => Suite.Quick.Models.Contains(one.Id)))
            cases.Add(id, disguise.Label);
        return cases;
    }

    [Fact]
    public void Its_models_and_miniatures_exist()
    {
        Assert.All(Suite.Quick.Models, id => Assert.Contains(ToyModelCatalog.Entries, entry => entry.Id == id));
        Assert.All(Suite.Quick.Miniatures, name => Assert.NotNull(MiniatureCatalog.Get(name)));
        Assert.Equal(Suite.Quick.Models.Order(), Cases().Select(row => (string)row[0]).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_truth_passes_and_no_null_does(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        var desk = new GradingDesk(seen.Profile, seen.Model, new FamilyScores(seen.Profile, seen.Model));
        foreach (var miniature in MiniatureCatalog.All.Where(one => one.AppliesTo(seen.Model) && Known(one) && (seen.Profile.Layout.Length < 500 || IsCheap(one))))
        {
            using var scope = NewDisposeScope();
            var values = desk.Grade(seen.Answer(miniature.Name, 1), MethodRole.Method).Values.Where(value => value.Verdict is not null && value.Value is not null).ToList();
            var expected = id == Readable ? Verdict.Skipped : miniature.Role == MethodRole.Oracle ? Verdict.Pass : Verdict.Fail;
            Assert.NotEmpty(values);
            Assert.All(values, value => Assert.True(expected == value.Verdict, $"{miniature.Name}, {value.Check}: {value.Value} against {value.Bar}, {value.Verdict} {value.Reason}"));
        }
    }

    /// <summary>Oracles, nulls, and the controls that are worth nothing. (The other controls are half right, and lie where they lie.)</summary>
    private static bool Known(Miniature miniature) =>
        miniature.Role is MethodRole.Oracle or MethodRole.Null || miniature.Name is "zeros" or "components-flipped";

    /// <summary>Answers with few directions: the families that stand beside large ones take seconds on the larger models.</summary>
    private static bool IsCheap(Miniature miniature) =>
        miniature.Name is "oracle-top-1" or "oracle-top-10" or "oracle-components" or "theta-star" or "theta-star-repeated" or "whole-space"
            or "random-directions" or "random-directions-1" or "zeros" or "components-flipped";
}

using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>
/// Knowing nothing scores next to nothing on every closed-form plant of three subnetworks or more, in every disguise. Rejects a plant that a shortcut
/// solves: units, tensors or parameters one by one, θ*, the whole space, anything random.
/// </summary>
/// <remarks>
/// <c>deep-linear</c> is readable unless rotated. Rotated, its 16 hidden units lie at random to its eight chains, and the best match of so few reaches 0.14.
/// </remarks>
public class NullTests
{
    private const double Nothing = 0.1;
    private const double Few = 0.2;

    public static TheoryData<string, string> Cases()
    {
        string[] models = ["modular-addition", "gated-modular-addition", "gated-functions", "deep-linear"];
        var cases = new TheoryData<string, string>();
        foreach (var (id, disguise) in TestModels.Disguised().Where(one => models.Contains(one.Id)))
            if (id != "deep-linear" || disguise.Label.StartsWith("rotate", StringComparison.Ordinal))
                cases.Add(id, disguise.Label);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nulls_score_next_to_nothing(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        var limit = id == "deep-linear" ? Few : Nothing;
        foreach (var miniature in MiniatureCatalog.All.Where(one => one.Role == MethodRole.Null && one.AppliesTo(seen.Model)))
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            Assert.All(
                seen.Grade(seen.Answer(miniature.Name)).Where(column => column.Score is not null),
                column => Assert.True(column.Score!.Value < limit, $"{miniature.Name}, {column.Column}: {column.Score.Value}"));
        }
    }
}

using Harness.Numerics;

namespace Harness.Grading.Tests;

/// <summary>
/// The scores of the controls fall in the order in which their faults grow, between the oracle and the nulls. Kills a score that is flat where answers get
/// worse (a threshold, a clipped score) or that rewards a fault (recovery over the smaller count).
/// </summary>
public class OrderTests
{
    public static TheoryData<string> Models => ["modular-addition", "direct-sum", "superposition-5-2", "superposition-5-2-untied", "superposition-5-5"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Directions_get_worse_with_every_fault(string id) =>
        Descends(id, GradingCase.Of(id).Directions, "random-directions");

    [Theory]
    [MemberData(nameof(Models))]
    public void Components_get_worse_with_every_fault(string id)
    {
        Descends(id, GradingCase.Of(id).Components, "theta-star");
        var seen = GradingCase.Of(id);
        Assert.True(seen.Components("components-doubled") > seen.Components("components-flipped"));
        Assert.Equal(0, seen.Components("components-flipped"));
        Assert.Equal(0, seen.Components("zeros"));
    }

    private static void Descends(string id, Func<string, ulong, double> score, string last)
    {
        double Of(string name) => score(name, 0);
        string[] noise = ["oracle", "oracle-noise-1", "oracle-noise-10", "oracle-noise-50", "oracle-noise-100", last];
        string[] counts = ["oracle", "oracle-duplicated", "oracle-dropped", "oracle-merged", "oracle-one-exact", last];
        foreach (var order in new[] { noise, counts })
            for (var k = 1; k < order.Length; k++)
                Assert.True(Of(order[k - 1]) > Of(order[k]), $"{id}: {order[k - 1]} {Of(order[k - 1])} should be above {order[k]} {Of(order[k])}");
        // A random answer in place of the truth can gain a little, never as much as the truth.
        Assert.InRange(Of("oracle-replaced"), Of("oracle-dropped") - Tolerances.RecoveryIdentity, Of("oracle-dropped") + 0.1);
    }
}

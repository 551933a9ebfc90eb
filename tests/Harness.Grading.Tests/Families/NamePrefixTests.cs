using Harness.Models;

namespace Harness.Grading.Tests;

public class NamePrefixTests
{
    /// <summary>Kills a grouping by the first character or by whole names alone.</summary>
    [Fact]
    public void Every_depth_of_the_names_is_a_grouping()
    {
        var layout = new ParameterLayout([("net0.w.a", [2]), ("net0.w.b", [1]), ("net1.w.a", [3]), ("net1.b", [1])]);
        var groupings = NamePrefixes.Groupings(layout).Select(groups => string.Join(" | ", groups.Select(group => string.Join(',', group.Indices))));
        Assert.Equal(["0,1,2 | 3,4,5,6", "0,1,2 | 3,4,5 | 6", "0,1 | 2 | 3,4,5 | 6"], groupings);
    }

    [Fact]
    public void A_single_group_is_no_grouping() => Assert.Empty(NamePrefixes.Groupings(new ParameterLayout([("w", [4])])));
}

using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Parameters;

public class ParameterLayoutTests
{
    private static ParameterLayout Layout => new([("a", [2, 3]), ("b", [4]), ("c", [])]);

    /// <summary>Kills a wrong offset and column-major flattening: entry (i, j) of <c>a</c> is at 3 i + j, <c>b</c> follows at 6, the scalar at 10.</summary>
    [Fact]
    public void Splits_row_major_in_layout_order()
    {
        using var scope = NewDisposeScope();
        var parts = Layout.Split(arange(11, dtype: ScalarType.Float64));
        Assert.Equal([0, 1, 2, 3, 4, 5], parts[0].contiguous().data<double>().ToArray());
        Assert.Equal([2, 3], parts[0].shape);
        Assert.Equal([6, 7, 8, 9], parts[1].contiguous().data<double>().ToArray());
        Assert.Equal(10, parts[2].ToDouble());
        Assert.Equal(11, Layout.Length);
    }

    /// <summary>Flatten inverts Split bit by bit, for any shapes. Kills an order that depends on names rather than on the layout.</summary>
    [Property]
    public bool Flatten_inverts_split(byte rows, byte columns, byte length, ulong seed)
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("z", [rows % 5 + 1, columns % 5 + 1]), ("a", [length % 7 + 1])]);
        var flat = tensor(new RandomSource(seed).Gaussians(layout.Length));
        return layout.Flatten(layout.Split(flat)).Equals(flat);
    }

    /// <summary>Blocks split with their leading dimension kept: row r of a split block is the split of row r.</summary>
    [Fact]
    public void Splits_blocks_of_vectors()
    {
        using var scope = NewDisposeScope();
        var block = tensor(new RandomSource(0).Gaussians(2 * 11)).reshape(2, 11);
        var parts = Layout.Split(block);
        Assert.Equal([2, 2, 3], parts[0].shape);
        Assert.True(parts[0].select(0, 1).Equals(Layout.Split(block.select(0, 1))[0]));
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("Expected a tensor [..., 11], got [10]. (Parameter 'flat')", Assert.Throws<ArgumentException>(() => Layout.Split(zeros(10))).Message);
        Assert.Throws<ArgumentException>(() => Layout.Flatten([zeros(3, 2), zeros(4), zeros(1)]));
        Assert.Throws<ArgumentException>(() => new ParameterLayout([("a", [1]), ("a", [1])]));
        Assert.Throws<ArgumentException>(() => new ParameterLayout([("a", [0])]));
        Assert.Throws<ArgumentException>(() => new ParameterLayout([]));
        Assert.Equal("No parameter is named 'd'; there are a, b, c.", Assert.Throws<KeyNotFoundException>(() => Layout["d"]).Message);
    }
}

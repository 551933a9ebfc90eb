using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Data;

/// <summary>Kills a data set that accepts what would later give a silent NaN mean or a shifted target.</summary>
public class DataSetTests
{
    [Fact]
    public void Refuses_unequal_lengths_and_no_samples()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new DataSet("d", zeros(3, 2), zeros(4, 1)));
        Assert.Throws<ArgumentException>(() => new DataSet("d", zeros(0, 2), zeros(0, 1)));
        Assert.Throws<ArgumentException>(() => new DataSet("", zeros(3, 2), zeros(3, 1)));
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, -1.0)]
    [InlineData(1.0, double.NaN)]
    [InlineData(1.0, double.PositiveInfinity)]
    public void Refuses_weights_without_a_mean(double first, double second)
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new DataSet("d", zeros(2, 2), zeros(2, 1), tensor(new[] { first, second })));
    }
}

using System.Text.Json;
using Harness.Grading;

namespace Harness.Cli.Tests;

/// <summary><c>harness sphere</c>: the document, the record and the pictures, from one short search.</summary>
public sealed class SphereCommandTests(ChunkedSpheres run) : IClassFixture<ChunkedSpheres>
{
    [Fact]
    public void Every_hop_and_round_has_its_radii_with_the_columns_of_all_blocks()
    {
        Assert.Equal((ExitCode.Pass, ""), (run.Code, run.Error));
        var found = Assert.Single(run.Document.GetProperty("cases").EnumerateArray());
        Assert.Equal(4, found.GetProperty("planted").GetArrayLength());
        Assert.NotEmpty(found.GetProperty("hops").EnumerateArray());
        foreach (var round in found.GetProperty("hops").EnumerateArray().Concat(found.GetProperty("rounds").EnumerateArray()))
        {
            var points = round.GetProperty("points").EnumerateArray().ToList();
            Assert.True(points.Count is 0 or 4);
            Assert.Equal(points.Select(point => point.GetProperty("radius").GetDouble()).Order(), points.Select(point => point.GetProperty("radius").GetDouble()));
            Assert.All(points, point => Assert.Equal(4, point.GetProperty("strengths").GetArrayLength()));
            Assert.All(points, point => Assert.Equal(1, point.GetProperty("shares").EnumerateArray().Sum(share => share.GetDouble()), 1e-9));
        }
        Assert.All(found.GetProperty("hops")[0].GetProperty("center").GetProperty("strengths").EnumerateArray(), strength => Assert.Equal(1, strength.GetDouble(), 1e-12));
    }

    /// <summary>The record alone gives the statistics that were printed.</summary>
    [Fact]
    public void The_record_is_complete_and_carries_all_raw_values()
    {
        var record = RunRecord.Read(Path.Combine(run.Folder, RunRecord.FileName));
        Assert.True(record.IsComplete);
        Assert.Equal("sphere", Assert.Single(record.Cases).Kind);
        var printed = run.Document.GetProperty("statistics").EnumerateArray().ToList();
        Assert.Equal(SphereStatistics.Of(record.Cases).Select(row => row.Value), printed.Select(row => row.GetProperty("value").GetDouble()));
        Assert.Equal(7, printed.Count);
    }

    [Fact]
    public void Pictures_show_four_circles_and_three_curves()
    {
        var found = Assert.Single(run.Document.GetProperty("cases").EnumerateArray());
        var folder = Path.Combine(run.Folder, "plant-0-seed-1");
        var chosen = found.GetProperty("hops").EnumerateArray().Concat(found.GetProperty("rounds").EnumerateArray())
            .Where(round => round.GetProperty("points").GetArrayLength() > 0).Select(round => round.GetProperty("name").GetString()!.Replace(' ', '-')).ToList();
        Assert.NotEmpty(chosen);
        Assert.Equal(2 * chosen.Count, Directory.GetFiles(folder, "*.svg").Length);
        foreach (var name in chosen)
        {
            var circles = File.ReadAllText(Path.Combine(folder, $"{name}-circles.svg"));
            Assert.All(found.GetProperty("planted").EnumerateArray(), planted => Assert.Contains($">{planted.GetString()}<", circles, StringComparison.Ordinal));
            var radii = File.ReadAllText(Path.Combine(folder, $"{name}-radii.svg"));
            Assert.All(new[] { "Strength of each subnetwork", "Where the displacement lies", "Loss" }, title => Assert.Contains(title, radii, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("no-such-model", "no-such-model")]
    [InlineData("direct-sum", "spheres need a classifier with weight decay")]
    [InlineData("modular-addition-chunked --disguise permute", "builtin:sphere-search")]
    [InlineData("modular-addition-chunked --resume", "--resume needs --out")]
    public void What_cannot_be_searched_is_refused(string arguments, string message)
    {
        var refused = CommandLine.Run(["sphere", "--model", .. arguments.Split(' ')]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Kills statistics that leave out what was not reached, or take the null for the value.</summary>
    [Fact]
    public void A_round_that_was_not_reached_counts_against_the_search()
    {
        CaseLine Line(ulong seed, params (string Check, double Value, double Null)[] values) => new(
            new CaseKey("m", seed, "none", "sphere-search", "0", 0), "sphere", MethodRole.Method, "", [.. values.Select(value => new CheckValue(value.Check)
            {
                Value = value.Value, Null = value.Null, Oracle = value.Check == "sphere.found" ? 4 : null,
            })], new CaseCost(1, 1, 1, null), "");
        (string, double, double)[] Case(double raw) =>
        [
            ("sphere.share", 0.9, 0.3), ("sphere.one-broken", 1, 0), ("sphere.accuracy", 0.9, 0), ("sphere.delta-purity", 0.9, 0.25),
            ("sphere.raw-share.1", raw, 0.3), ("sphere.raw-share.2", 0, 0.3), ("sphere.frozen-purity.1", 0.999, 0.25), ("sphere.found", 4 * raw, 0),
        ];
        var rows = SphereStatistics.Of([Line(1, Case(1)), Line(2, Case(0.5))]);
        Assert.Equal([1, 1, 1, 0.25, 1, 0.5, 0.9], rows.Select(row => row.Value));
        Assert.Equal(WilsonInterval.Of(1, 4), rows[3].Interval);
        Assert.Equal(0, rows[3].Null);
    }
}

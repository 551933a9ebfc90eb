using Harness.Grading;

namespace Harness.Reporting.Tests;

/// <summary>What methods took, in reports.</summary>
public class CostRowTests
{
    /// <summary>Kills: an unknown count that is added as 0 without a word, oracles' and nulls' costs, memory that is added up, lines over seeds counted twice.</summary>
    [Fact]
    public void Costs_are_added_up_by_method()
    {
        var template = TinyRecord.Complete.Cases.First(line => line.Role == MethodRole.Method);
        CaseLine With(string method, MethodRole role, CaseCost cost) => template with { Key = template.Key with { Method = method }, Role = role, Cost = cost };
        var rows = CostRow.Of(TinyRecord.Complete with
        {
            Cases =
            [
                With("builtin:a", MethodRole.Method, new CaseCost(1.25, 10, 100, 500)), With("builtin:a", MethodRole.Method, new CaseCost(0.5, null, 20, 600)),
                With("builtin:b", MethodRole.Baseline, new CaseCost(0.01, null, null, null)), With("builtin:miniature/oracle", MethodRole.Oracle, new CaseCost(9, 9, 9, 9)),
                With("builtin:a", MethodRole.Method, new CaseCost(null, null, null, null)) with { Kind = CaseLine.Stability },
            ],
        });
        Assert.Equal(["a", "b"], rows.Select(row => row.Method));
        Assert.Equal(["2", "1.8", "1.25", "≥ 10", "120", "600"], rows[0].Cells);
        Assert.Equal(["1", "0.0", "0.01", "–", "–", "–"], rows[1].Cells);
        Assert.Equal(CostRow.Headings.Count, rows[0].Cells.Count + 1);
    }
}

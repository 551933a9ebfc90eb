using Harness.Grading;

namespace Harness.Reporting.Tests;

/// <summary>What the tables are made of. Kills: columns that are averaged together, a range that forgets a disguise, a verdict that hides the worst.</summary>
public class LeaderboardTests
{
    private static Leaderboard Board { get; } = Leaderboard.Of(TinyRecord.Complete);

    [Fact]
    public void The_columns_stay_apart()
    {
        Assert.Equal([RecoveryColumn.Directions, RecoveryColumn.Components], Board.Columns.Select(column => column.Column));
        Assert.Equal("0.97", Cell(0, "strong", 0).Text);
        Assert.Equal("0.00", Cell(1, "strong", 0).Text);
    }

    [Fact]
    public void A_cell_spans_all_disguises_and_takes_the_worst_verdict()
    {
        Assert.Equal(new ScoreRange(0.012, 0.148), Cell(0, "weak", 0).Score);
        Assert.Equal("0.01–0.15", Cell(0, "weak", 0).Text);
        Assert.Equal(("✗", "fail, partial"), (Cell(0, "weak", 0).Mark, Cell(0, "weak", 0).Word));
    }

    [Fact]
    public void Rows_are_oracles_then_methods_from_the_best_then_controls_then_nulls()
    {
        Assert.Equal(
            ["oracle", "strong", "weak", "cmd:python a|b <x>.py", "oracle-noise-10", "theta-star"], Board.Columns[0].Rows.Select(row => row.Name));
        Assert.DoesNotContain(Board.Columns[1].Rows, row => row.Name == "weak");
    }

    /// <summary>Rejects tables that a long path pushes off the screen.</summary>
    [Theory]
    [InlineData("builtin:weight-svd", "weight-svd")]
    [InlineData("builtin:miniature/theta-star", "theta-star")]
    [InlineData("dll:/a/long/path/to/My.dll#My.Method", "My.Method")]
    [InlineData("file:/a/long/path/to/decomposition.safetensors", "decomposition.safetensors")]
    [InlineData("submission:example-svd", "submission:example-svd")]
    public void A_row_has_a_short_name(string selector, string name) => Assert.Equal(name, Leaderboard.DisplayName(selector));

    [Fact]
    public void An_error_stands_where_the_score_would()
    {
        var cell = Cell(0, "cmd:python a|b <x>.py", 1);
        Assert.Equal(("error", "✗", "InvalidOperationException: 3 of 4 [rows] | lost"), (cell.Text, cell.Mark, cell.Reason));
    }

    [Fact]
    public void A_score_without_a_bar_is_not_judged()
    {
        var cell = Cell(0, "strong", 1);
        Assert.Equal(("0.81", "·", "no bar"), (cell.Text, cell.Mark, cell.Word));
        Assert.Null(cell.Bar);
    }

    [Fact]
    public void Not_a_number_stays_visible()
    {
        Assert.Equal("NaN", Cell(0, "cmd:python a|b <x>.py", 0).Text);
        Assert.Equal("✗", Cell(0, "cmd:python a|b <x>.py", 0).Mark);
    }

    private static LeaderboardCell Cell(int column, string row, int model) => Board.Columns[column].Rows.Single(one => one.Name == row).Cells[model];
}

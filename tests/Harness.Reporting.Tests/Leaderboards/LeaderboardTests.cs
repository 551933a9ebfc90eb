using Harness.Grading;

namespace Harness.Reporting.Tests;

/// <summary>What the tables are made of. Kills: columns that are averaged together, a range that forgets a disguise, a verdict that hides the worst.</summary>
public class LeaderboardTests
{
    private static Leaderboard Board { get; } = Leaderboard.Of(TinyRecord.Complete);

    [Fact]
    public void The_columns_stay_apart()
    {
        Assert.Equal(["recovery.directions", "recovery.components", "control.structure"], Board.Columns.Select(column => column.Check));
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
    public void Rows_are_oracles_then_methods_from_the_best_then_baselines_controls_and_nulls()
    {
        Assert.Equal(
            ["oracle", "strong", "flaky", "weak", "cmd:python a|b <x>.py", "simple", "oracle-noise-10", "theta-star"], Board.Columns[0].Rows.Select(row => row.Name));
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
        Assert.Equal(("error", "!", "InvalidOperationException: 3 of 4 [rows] | lost"), (cell.Text, cell.Mark, cell.Reason));
    }

    /// <summary>Kills: a range over the disguises that worked, under the mark of a score that is merely low.</summary>
    [Fact]
    public void A_cell_that_errored_in_one_disguise_says_so_beside_the_other_score()
    {
        var cell = Cell(0, "flaky", 0);
        Assert.Equal(("0.90", "!", "1 of 2 errored"), (cell.Text, cell.Mark, cell.Word));
        Assert.Contains("line two", cell.Reason, StringComparison.Ordinal);
    }

    /// <summary>Kills: a report in which an error must be looked for, or that passes a method's escape sequences on to a terminal.</summary>
    [Fact]
    public void Every_error_is_listed_once_on_one_line()
    {
        Assert.Equal(
            [
                "flaky on modular-addition (permute:0, seed 0): TimeoutException:  [31mline one line two",
                "cmd:python a|b <x>.py on superposition-5-2-untied (none, seed 0; permute:0, seed 0): InvalidOperationException: 3 of 4 [rows] | lost",
            ],
            Board.Errors);
        Assert.Contains("3 errored", Board.Counts, StringComparison.Ordinal);
    }

    /// <summary>Kills: an oracle or a null whose error goes unseen because nobody judges it.</summary>
    [Fact]
    public void An_error_of_an_oracle_is_listed_too()
    {
        var oracle = TinyRecord.Complete.Cases[0] with
        {
            Values = [new CheckValue("decomposition.valid") { Verdict = Verdict.Errored, Reason = "lost" }],
        };
        Assert.Equal("oracle on modular-addition (none, seed 0): lost", Leaderboard.Of(TinyRecord.Complete with { Cases = [oracle] }).Errors.Single());
    }

    /// <summary>Kills: two methods under one name, of which a picture shows the first one only.</summary>
    [Fact]
    public void Methods_of_one_short_name_are_told_apart()
    {
        var one = TinyRecord.Complete.Cases[2];
        var other = one with { Key = one.Key with { Method = "file:b/answer.safetensors" } };
        one = one with { Key = one.Key with { Method = "file:a/answer.safetensors" } };
        Assert.Equal(
            ["file:a/answer.safetensors", "file:b/answer.safetensors"],
            Leaderboard.Of(TinyRecord.Complete with { Cases = [one, other] }).Columns[0].Rows.Select(row => row.Name).Order());
    }

    /// <summary>Kills: a table of bars that does not say which null they are held against.</summary>
    [Fact]
    public void The_best_null_is_named() => Assert.Equal("output-bias", Cell(0, "strong", 0).NullName);

    /// <summary>Kills: an empty table for a model without recovery, which looks as if nothing had been asked.</summary>
    [Fact]
    public void What_has_no_score_at_all_is_explained() => Assert.Contains(
        "weak, recovery.components: skipped on 2 models, the answer has directions only", Board.Skips);

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

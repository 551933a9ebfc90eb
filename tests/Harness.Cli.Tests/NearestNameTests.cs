using FsCheck.Xunit;

namespace Harness.Cli.Tests;

public class NearestNameTests
{
    private static readonly string[] Names = ["modular-addition", "superposition", "direct-sum", "planted-spectrum", "doctor", "list"];

    /// <summary>Any one slip (a letter left out, doubled, replaced, or two swapped) finds the name it was made in.</summary>
    [Property]
    public void One_slip_is_understood(byte name, byte place, byte kind)
    {
        var meant = Names[name % Names.Length];
        var at = place % (meant.Length - 1);
        var typed = (kind % 4) switch
        {
            0 => meant.Remove(at, 1),
            1 => meant.Insert(at, meant[at..(at + 1)]),
            2 => meant.Remove(at, 1).Insert(at, "q"),
            _ => meant[..at] + meant[at + 1] + meant[at] + meant[(at + 2)..],
        };

        Assert.Equal(meant, NearestName.Find(typed, Names));
    }

    /// <summary>Rejects a finder that always offers its nearest, however far it is.</summary>
    [Theory]
    [InlineData("resnet")]
    [InlineData("x")]
    [InlineData("")]
    public void What_resembles_nothing_gets_no_suggestion(string typed)
    {
        Assert.Null(NearestName.Find(typed, Names));
        Assert.Equal(
            $"unknown model '{typed}'; there are: modular-addition, superposition, direct-sum, planted-spectrum, doctor, list",
            NearestName.Unknown("model", typed, Names));
    }

    /// <summary>Rejects an error of a screenful.</summary>
    [Fact]
    public void A_long_list_is_cut() => Assert.Equal(
        "unknown model '!'; there are: m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, … (13 in all; see harness list)",
        NearestName.Unknown("model", "!", Enumerable.Range(1, 13).Select(i => $"m{i}")));

    /// <summary>Rejects Levenshtein's distance, to which swapped letters are two slips: both names are then as near, and the first wins.</summary>
    [Fact]
    public void Swapped_letters_are_one_slip() => Assert.Equal("list", NearestName.Find("lsit", ["lift", "list"]));

    [Fact]
    public void A_beginning_is_understood() => Assert.Equal("modular-addition", NearestName.Find("modular", Names));

    [Fact]
    public void Without_candidates_there_is_none() => Assert.Null(NearestName.Find("list", []));
}

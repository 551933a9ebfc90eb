using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Fingerprints tell changed parameters from parameters that another machine rounded.</summary>
public sealed class ThetaRegisterTests
{
    /// <summary>Kills a hash of the bits themselves, which another mathematics library changes.</summary>
    [Property(MaxTest = 30)]
    public void Rounding_does_not_matter(ulong seed)
    {
        using var scope = NewDisposeScope();
        var theta = tensor(new RandomSource(seed).Gaussians(200));
        var noise = tensor(new RandomSource(seed, 1).Gaussians(200)) * 1e-15;
        Assert.Equal(ThetaFingerprint.Of(theta), ThetaFingerprint.Of(theta + noise * theta.abs().max()));
    }

    /// <summary>Kills a grid that is too coarse, an order, a sign or a scale that does not count.</summary>
    [Property(MaxTest = 30)]
    public void Everything_else_does(ulong seed)
    {
        using var scope = NewDisposeScope();
        var theta = tensor(new RandomSource(seed).Gaussians(50));
        var moved = theta.clone();
        moved[7] += 1e-6 * theta.abs().max().ToDouble();
        var prints = new[] { theta, moved, theta.flip(0), theta.neg(), theta * 2, theta * 1.001, theta * 0, theta.narrow(0, 0, 49) }.Select(ThetaFingerprint.Of).ToList();
        Assert.Equal(prints.Count, prints.Distinct().Count());
        Assert.All(prints, print => Assert.Matches("^[0-9a-f]{16}$", print));
    }

    /// <summary>Numbers that people write lie in the middle of a cell, not on its edge.</summary>
    [Fact]
    public void Round_numbers_are_safe()
    {
        using var scope = NewDisposeScope();
        var theta = tensor([1.0, 0.5, 0.25, 0.0, -1.0, 1.0 / 3, 0.1, -0.75]);
        var nudged = theta + tensor([0, 1.0, -1, 1, 1, -1, 1, -1]) * 1e-15;
        Assert.Equal(ThetaFingerprint.Of(theta), ThetaFingerprint.Of(nudged));
    }

    [Fact]
    public void A_changed_model_is_named()
    {
        var model = GradingCase.Of("direct-sum").Model;
        var actual = ThetaFingerprint.Of(model.Model.Parameters);
        ThetaRegister Register(string name, string value) => new(ThetaRegister.CurrentSchema, new Dictionary<string, string> { [name] = value });
        Assert.Null(Register("direct-sum@0/none", actual).Remark(model, "none"));
        Assert.Null(Register("direct-sum@0/none", "0123456789abcdef").Remark(model, "permute:0"));
        Assert.Equal(
            $"θ* of direct-sum@0/none is not the one that the suites list: fingerprint {actual}, expected 0123456789abcdef. The model or its weights "
            + "have changed: compare this score with none that was measured on the listed ones",
            Register("direct-sum@0/none", "0123456789abcdef").Remark(model, "none"));
    }

    [Fact]
    public void It_is_written_and_read()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(ThetaRegister.Read(folder.Path).Cases);
        new ThetaRegister(ThetaRegister.CurrentSchema, new Dictionary<string, string> { ["a@0/none"] = "00ff" }).Write(folder.Path);
        Assert.Equal("00ff", ThetaRegister.Read(folder.Path).Cases["a@0/none"]);
        File.WriteAllText(folder[ThetaRegister.FileName], """{"schema":"suites/9","cases":{}}""");
        Assert.Contains("'suites/9', expected 'suites/1'", Assert.Throws<SubmissionException>(() => ThetaRegister.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}

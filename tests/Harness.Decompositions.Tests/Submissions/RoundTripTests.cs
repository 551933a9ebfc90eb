using System.Text.Json;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Decompositions.Tests;

/// <summary>What is written is what is read.</summary>
public sealed class RoundTripTests
{
    /// <summary>
    /// Kills a reader that mixes tensors or subnetworks up (subnetwork 10 before 2), takes an absent tensor for anything but
    /// zero, drops an activity, or turns a mask into dense rows. Bases may rotate within their span, so subspaces are compared by
    /// angle.
    /// </summary>
    [Property(MaxTest = 60, Replay = "11,13")]
    public void A_written_decomposition_reads_back(SubmissionSpec spec)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        var written = spec.Build();
        DecompositionFile.Write(path, written, SubmissionSpec.Layout, "case-1", ulong.MaxValue, "hand-made");
        var read = DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples);

        Assert.Equal(("case-1", ulong.MaxValue, "hand-made"), (read.Case, read.Seed, read.Notes));
        Assert.Equal(("spec", "7"), (read.Decomposition.Method.Name, read.Decomposition.Method.Version));
        Assert.Equal("ü", read.Decomposition.Metadata["note to self"]);
        Assert.Equal(written.Subnetworks.Count, read.Decomposition.Subnetworks.Count);
        foreach (var (expected, actual) in written.Subnetworks.Zip(read.Decomposition.Subnetworks))
            AssertSame(expected, actual);
    }

    /// <summary>Kills a reader that sorts subnetworks as text.</summary>
    [Fact]
    public void Subnetworks_keep_their_order_beyond_ten()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        var subnetworks = Enumerable.Range(0, 12)
            .Select(k => new Subnetwork($"{k}", component: full([SubmissionSpec.Layout.Length], k, dtype: float64))).ToArray();
        var decomposition = new Decomposition(new MethodInfo("m", "1", "", false), subnetworks, new Dictionary<string, string>());
        DecompositionFile.Write(path, decomposition, SubmissionSpec.Layout, "c", 0);
        var read = DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples);
        Assert.Equal(Enumerable.Range(0, 12).Select(k => (double)k), read.Decomposition.Subnetworks.Select(one => one.Component![0].ToDouble()));
    }

    /// <summary>
    /// Directions carry no length: rows that differ by 1e±200, and repeated ones, span what they span. Kills a reader that
    /// orthonormalises relative to the longest row (which drops the short one), squares entries first (overflow), or trusts rows
    /// to be orthonormal.
    /// </summary>
    [Fact]
    public void Direction_lengths_carry_no_meaning()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        var rows = zeros([4, 4], dtype: float64);
        rows[0, 0] = 1e200;
        rows[1, 1] = 1e-200;
        rows[2, 0] = -3;
        SafetensorsFile.Write(path, [new("subnetwork.0.directions/p1", rows)], Files.Metadata());
        var directions = DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples).Decomposition.Subnetworks[0].Directions!;
        Assert.Equal(2, directions.Dimension);
        Assert.All(PrincipalAngles.Between(directions, new CoordinateSubspace(14, [6, 7])), angle => Assert.Equal(0, angle, Tolerances.SameOutputs));
    }

    /// <summary>Kills a reader that refuses dead subnetworks, or makes all-zero directions span something.</summary>
    [Fact]
    public void All_zero_parts_are_dead_not_wrong()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        SafetensorsFile.Write(
            path,
            [
                new("subnetwork.0.directions/p1", zeros([2, 4], dtype: float64)),
                new("subnetwork.1.mask/p1", zeros([4], dtype: uint8)),
                new("subnetwork.2.component/p1", zeros([4], dtype: float64)),
            ],
            Files.Metadata());
        var read = DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples).Decomposition.Subnetworks;
        Assert.Equal((0, 0), (read[0].Directions!.Dimension, read[1].Directions!.Dimension));
        Assert.Equal(0, read[2].Component!.abs().max().ToDouble());
    }

    /// <summary>
    /// Kills a reader that keeps float32, or reads half precision as bits. The file is laid out by hand: our writer writes no
    /// half precision.
    /// </summary>
    [Theory]
    [InlineData("F32", "0000C03F 000080BE 00000000 00008044")]
    [InlineData("F16", "003E 00B4 0000 0064")]
    [InlineData("BF16", "C03F 80BE 0000 8044")]
    public void Shorter_floats_are_widened(string type, string bytes)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        var buffer = Convert.FromHexString(bytes.Replace(" ", ""));
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["__metadata__"] = Files.Metadata(),
            ["subnetwork.0.component/p1"] = new { dtype = type, shape = new[] { 4 }, data_offsets = new[] { 0, buffer.Length } },
        });
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. buffer]);
        var component = DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples).Decomposition.Subnetworks[0].Component!;
        Assert.Equal(ScalarType.Float64, component.dtype);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1.5, -0.25, 0, 1024, 0, 0, 0, 0], component.data<double>().ToArray());
    }

    private static void AssertSame(Subnetwork expected, Subnetwork actual)
    {
        Assert.Equal(expected.Directions is null, actual.Directions is null);
        if (expected.Directions is { } subspace)
        {
            Assert.Equal(subspace is CoordinateSubspace, actual.Directions is CoordinateSubspace);
            Assert.Equal(subspace.Dimension, actual.Directions!.Dimension);
            Assert.All(PrincipalAngles.Between(subspace, actual.Directions), angle => Assert.Equal(0, angle, Tolerances.SameOutputs));
        }
        Assert.Equal(expected.Component?.data<double>().ToArray(), actual.Component?.data<double>().ToArray());
        Assert.Equal(expected.Activity, actual.Activity);
    }
}

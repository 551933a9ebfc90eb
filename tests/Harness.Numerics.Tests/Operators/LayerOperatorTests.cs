using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Blocks of an operator. A layout of a few tensors is laid over planted spectra, so that the block is known by name.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 60, QuietOnSuccess = true)]
public class LayerOperatorTests
{
    /// <summary>Kills: a wrong offset, tensors in the order asked instead of the layout's.</summary>
    [Property]
    public void It_is_the_named_block_of_the_matrix(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var layout = Layout(spec);
        Expect.None(IsTheBlock(new LayerOperator(planted.Operator, layout, Named(layout, spec)), planted, layout, Named(layout, spec)));
    }

    /// <summary>Cauchy: <c>λ_i ≥ μ_i ≥ λ_{n−r+i}</c>. Kills: a padded block, a restriction that is not by orthonormal coordinates.</summary>
    [Property]
    public void Its_spectrum_lies_within_that_of_the_whole(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var layout = Layout(spec);
        var layer = new LayerOperator(planted.Operator, layout, Named(layout, spec));
        Expect.None(Interlaces(layer, planted));
        Assert.Equal(layout.Where(slot => layer.Tensors.Contains(slot.Name)).Sum(slot => slot.Length), layer.Dimension);
    }

    /// <summary>
    /// The slots' contents of a vector survive embedding, everything else becomes zero.
    /// Kills: a block embedded at another tensor's place.
    /// </summary>
    [Property]
    public void Embedding_and_restricting_are_adjoint_and_inverse(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var layout = Layout(spec);
        var layer = new LayerOperator(new DenseOperator(eye(layout.Length, layout.Length, ScalarType.Float64)), layout, Named(layout, spec));
        var block = tensor(new RandomSource((ulong)spec.Seed, 51).Gaussians(2 * layer.Dimension), [2, layer.Dimension]);
        Expect.Close(block, layer.Restrict(layer.Embed(block)), 0);
        Expect.Close(block, layer.Multiply(block), 0);
        foreach (var (slot, part) in layout.Zip(layout.Split(layer.Embed(block))))
            Assert.True(layer.Tensors.Contains(slot.Name) || part.abs().max().ToDouble() == 0, slot.Name);
    }

    [Fact]
    public void A_restriction_with_a_wrong_offset_is_rejected()
    {
        using var scope = NewDisposeScope();
        var spec = new SpectrumSpec(SpectrumFamily.Indefinite, 30, 1, SpectrumEnd.Largest, true, 3);
        var (planted, layout) = (PlantedSpectrum.Create(spec), Layout(spec));
        string[] tensors = [layout[1].Name];
        var rows = new CoordinateSubspace(30, [.. Enumerable.Range(0, (int)layout[1].Length).Select(i => layout[1].Offset + i - 1)]);
        var faulty = new DenseOperator(rows.Coordinates(planted.Operator.Multiply(rows.Basis())));
        Assert.Equal("block", IsTheBlock(faulty, planted, layout, tensors)?.Check);
        Expect.None(IsTheBlock(new LayerOperator(planted.Operator, layout, tensors), planted, layout, tensors));
    }

    /// <summary>Interlacing alone: scaling coordinates by 1.1 leaves a symmetric matrix, but not one between the eigenvalues.</summary>
    [Fact]
    public void A_restriction_by_vectors_that_are_not_unit_is_rejected()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 12, 1, SpectrumEnd.Largest, true, 3));
        var rows = 1.1 * new CoordinateSubspace(12, [.. Enumerable.Range(0, 11).Select(i => (long)i)]).Basis();
        Assert.Equal("interlacing", Interlaces(new DenseOperator(rows.matmul(planted.Operator.Multiply(rows).transpose(0, 1))), planted)?.Check);
    }

    /// <summary>Kills: an empty layer for a name with a slip of the pen.</summary>
    [Fact]
    public void Unknown_names_and_patterns_list_what_there_is()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("w1", [2]), ("b1", [1])]);
        var whole = new DenseOperator(eye(3, 3, ScalarType.Float64));
        Assert.Contains("there are w1, b1", Assert.Throws<KeyNotFoundException>(() => new LayerOperator(whole, layout, ["w9"])).Message);
        Assert.Contains("'W*'; there are w1, b1", Assert.Throws<ArgumentException>(() => LayerOperator.Matching(whole, layout, "W*")).Message);
        Assert.Contains("there are w1, b1", Assert.Throws<ArgumentException>(() => new LayerOperator(whole, layout, [])).Message);
        Assert.Contains("ℝ^2", Assert.Throws<ArgumentException>(() =>
            new LayerOperator(new DenseOperator(eye(2, 2, ScalarType.Float64)), layout, ["w1"])).Message);
        Assert.Equal(["w1", "b1"], LayerOperator.Matching(whole, layout, "?1").Tensors);
    }

    private static Violation? IsTheBlock(ISymmetricOperator layer, PlantedSpectrum planted, ParameterLayout layout, IReadOnlyList<string> tensors)
    {
        // By Split, twice: rows of the matrix by tensor, then the columns of what is left.
        Tensor Block(Tensor rows) => cat(
            [.. layout.Zip(layout.Split(rows)).Where(pair => tensors.Contains(pair.First.Name)).Select(pair => pair.Second.reshape(rows.shape[0], -1))], 1);
        var block = Block(Block(planted.Operator.Matrix).transpose(0, 1).contiguous());
        return OperatorChecks.Agreement("block", layer, new DenseOperator(block), Tolerances.SameProduct(Tolerances.AssumedNoise64), 1);
    }

    private static Violation? Interlaces(ISymmetricOperator layer, PlantedSpectrum planted)
    {
        double[] whole = [.. planted.Eigenvalues.OrderDescending()];
        var part = new DenseEigensolver().Solve(layer, new EigenRequest((int)layer.Dimension) { HasValidity = false }).Values;
        var rounding = planted.Rounding + Tolerances.DenseEigenvalue(whole.Length) * planted.Norm;
        for (var i = 0; i < part.Length; i++)
        {
            var outside = Math.Max(part[i] - whole[i], whole[whole.Length - part.Length + i] - part[i]);
            if (!(outside <= rounding))
                return new Violation("interlacing", outside, rounding, $"eigenvalue {i} of {part.Length} against {whole.Length}");
        }
        return null;
    }

    /// <summary>One to four tensors of uneven sizes; one of them a matrix where the size allows.</summary>
    private static ParameterLayout Layout(SpectrumSpec spec)
    {
        var n = (long)spec.Dimension;
        long[] sizes = [n / 2, n / 3, n - n / 2 - n / 3];
        return new ParameterLayout(sizes.Where(size => size > 0).Select((size, i) => ($"t{i}", size % 2 == 0 ? new[] { 2, size / 2 } : [size])));
    }

    /// <summary>Some of the tensors, last first.</summary>
    private static string[] Named(ParameterLayout layout, SpectrumSpec spec)
    {
        var random = new RandomSource((ulong)spec.Seed, 52);
        return [.. random.Permutation(layout.Count).Take(1 + random.NextInt32(layout.Count)).Order().Reverse().Select(i => layout[i].Name)];
    }
}

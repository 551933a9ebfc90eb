using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Kills: a matrix that acts along another axis, transposed, or on a neighbouring tensor.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class RotationMapTests
{
    /// <summary><c>w'[…, start + i, …] = Σ_j Q[i, j]·w[…, start + j, …]</c>, by loops.</summary>
    [Property]
    public void Every_axis_is_multiplied_by_its_matrix(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var (outer, size, inner) = (1 + spec.First % 4, 1 + spec.Ambient % 5, 1 + spec.Second % 4);
        var (start, length) = (spec.Seed % 3, size + spec.Seed % 3 + spec.Seed / 3 % 3);
        var layout = new ParameterLayout([("before", [2]), ("w", [outer, length, inner]), ("after", [1, 3])]);
        var matrix = Spaces.Orthogonal(size, spec.Seed);
        var vector = new RandomSource((ulong)spec.Seed).Gaussians(layout.Length);
        var mapped = Expect.Numbers(new RotationMap(layout, [new("w", 1, matrix, start)]).Apply(tensor(vector).unsqueeze(0)));
        var (q, expected) = (Expect.Numbers(matrix), (double[])vector.Clone());
        for (var a = 0; a < outer; a++)
            for (var i = 0; i < size; i++)
                for (var b = 0; b < inner; b++)
                    expected[At(a, i, b)] = Enumerable.Range(0, size).Sum(j => q[i * size + j] * vector[At(a, j, b)]);
        Expect.Close(tensor(expected), tensor(mapped), Tolerances.SameEntries);
        int At(int a, int i, int b) => 2 + (a * length + start + i) * inner + b;
    }

    [Fact]
    public void What_is_no_rotation_of_the_layout_is_refused()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("w", [2, 3])]);
        var (two, three) = (Spaces.Orthogonal(2, 0), Spaces.Orthogonal(3, 0));
        Refused("A rotation of entries 0 … 2 along axis 0 of 'w' does not fit: its shape is [2, 3].", new AxisRotation("w", 0, three));
        Refused("A rotation of entries 2 … 3 along axis 1 of 'w' does not fit: its shape is [2, 3].", new AxisRotation("w", 1, two, 2));
        Refused("A rotation of entries 0 … 2 along axis 2 of 'w' does not fit: its shape is [2, 3].", new AxisRotation("w", 2, three));
        Refused("A rotation of entries 0 … 1 along axis 0 of 'v' does not fit: the layout has no such tensor.", new AxisRotation("v", 0, two));
        Refused(
            "Entries along axis 1 of 'w' are rotated twice; multiply the matrices instead.", new AxisRotation("w", 1, two), new AxisRotation("w", 1, two, 1));
        var error = Assert.Throws<ArgumentException>(() => new AxisRotation("w", 0, tensor([1.0, 1, 0, 1], [2, 2]))).Message;
        Assert.Equal(
            $"The matrix for axis 0 of 'w' is not orthogonal: an entry of QQᵀ − I is 1, at most {Tolerances.Orthonormality(2, 2):g3} is allowed. (Parameter 'matrix')",
            error);
        Assert.Throws<ArgumentException>(() => new AxisRotation("w", 0, tensor([double.NaN], [1, 1])));

        void Refused(string expected, params AxisRotation[] rotations) =>
            Assert.Equal($"{expected} (Parameter 'rotations')", Assert.Throws<ArgumentException>(() => new RotationMap(layout, rotations)).Message);
    }
}

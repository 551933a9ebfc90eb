using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>A map given by its matrix <c>[n, n]</c>.</summary>
internal sealed class MatrixMap(Tensor matrix, bool isOrthogonal) : ILinearMap
{
    private readonly Tensor _inverse = linalg.inv(matrix);

    public long Dimension => matrix.shape[0];

    public bool IsOrthogonal => isOrthogonal;

    public Tensor Apply(Tensor block) => block.matmul(matrix.t());

    public Tensor ApplyInverse(Tensor block) => block.matmul(_inverse.t());

    public Tensor ApplyTranspose(Tensor block) => block.matmul(matrix);

    public Tensor ApplyInverseTranspose(Tensor block) => block.matmul(_inverse);
}

using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// An orthonormal basis V <c>[size, n]</c> with the projected operator <c>T = VAVᵀ</c> and the unit vector that extends it next. Every new product is
/// orthogonalised against the whole basis by two passes of classical Gram–Schmidt, so T needs no structure: a thick restart and a restart with a
/// fresh random vector are the same step.
/// </summary>
/// <remarks>
/// <c>AV = VT + β·v_next·e_lastᵀ + E</c>, where the columns of E are what earlier restarts and breakdowns left out; their norms ρ are kept so that residual
/// estimates stay honest.
/// </remarks>
internal sealed class KrylovBasis : IDisposable
{
    private readonly MeasuredOperator _op;
    private readonly RandomSource _random;
    private readonly Tensor _rows;
    private readonly double[,] _projected;
    private readonly double[] _leftOut;
    private double _coupling;
    private int _chainStart;

    /// <summary>An empty basis with a random next vector.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="capacity">m, at most n.</param>
    /// <param name="random">Source of start vectors.</param>
    internal KrylovBasis(MeasuredOperator op, int capacity, RandomSource random)
    {
        (_op, _random, Capacity) = (op, random, capacity);
        _rows = zeros(capacity + 1, op.Dimension, ScalarType.Float64).DetachFromDisposeScope();
        _projected = new double[capacity, capacity];
        _leftOut = new double[capacity];
        SetNextToRandom();
    }

    /// <summary>m, the most vectors it holds.</summary>
    internal int Capacity { get; }

    /// <summary>Vectors in the basis.</summary>
    internal int Size { get; private set; }

    /// <summary>Whether the basis spans the whole space: then Ritz pairs are eigenpairs, and all of them.</summary>
    internal bool IsWholeSpace => Size == _op.Dimension;

    /// <summary>Largest absolute deviation seen from what a symmetric operator's coefficients must be.</summary>
    internal double Asymmetry { get; private set; }

    /// <summary>Takes the next vector into the basis: one product.</summary>
    internal void Expand()
    {
        using var scope = NewDisposeScope();
        var basis = _rows.narrow(0, 0, Size + 1);
        var image = _op.Multiply(_rows.narrow(0, Size, 1))[0];
        var first = basis.mv(image);
        var once = image - first.matmul(basis);
        var second = basis.mv(once);
        var rest = once - second.matmul(basis);
        Record(Blocks.ToArray(first + second));
        Size++;

        var (normOnce, norm) = (once.norm().ToDouble(), rest.norm().ToDouble());
        // A second pass that removes half of what the first left has met rounding errors only: the space is invariant ("twice is enough", Kahan–Parlett).
        if (norm > normOnce / 2 && !IsWholeSpace)
        {
            _rows.select(0, Size).copy_(rest / norm);
            _coupling = norm;
            return;
        }
        _leftOut[Size - 1] = Math.Sqrt(_leftOut[Size - 1] * _leftOut[Size - 1] + norm * norm);
        _coupling = 0;
        if (!IsWholeSpace)
            SetNextToRandom();
    }

    /// <summary>Ritz pairs of the basis, the most wanted first.</summary>
    internal RitzPairs Ritz(SpectrumEnd end)
    {
        using var scope = NewDisposeScope();
        var matrix = new double[Size, Size];
        for (var i = 0; i < Size; i++)
            for (var j = i; j < Size; j++)
                matrix[i, j] = _projected[i, j];
        var (values, vectors) = linalg.eigh(tensor(matrix), 'U');
        var ritz = Blocks.ToArray(values);
        var order = SpectrumOrder.Inwards(end, ritz);
        var coefficients = vectors.transpose(0, 1).index_select(0, tensor(order.Select(i => (long)i).ToArray()));
        var squares = coefficients.square();
        var leftOut = squares.mv(tensor(_leftOut.AsSpan(0, Size).ToArray()).square());
        var residuals = Blocks.ToArray((leftOut + squares.select(1, Size - 1) * (_coupling * _coupling)).sqrt());
        return new RitzPairs([.. order.Select(i => ritz[i])], coefficients.MoveToOuterDisposeScope(), residuals, Blocks.ToArray(leftOut.sqrt()));
    }

    /// <summary>Ritz vectors <c>[count, n]</c>.</summary>
    internal Tensor Vectors(RitzPairs ritz, int count) => ritz.Coefficients.narrow(0, 0, count).matmul(_rows.narrow(0, 0, Size));

    /// <summary>Thick restart: keeps the leading Ritz vectors and goes on with the same next vector.</summary>
    internal void Restart(RitzPairs ritz, int keep)
    {
        using var scope = NewDisposeScope();
        var next = _rows.select(0, Size).clone();
        Keep(ritz, keep, ritz.LeftOut);
        _rows.select(0, Size).copy_(next);
    }

    /// <summary>Keeps the leading Ritz vectors and goes on with a random vector orthogonal to them, which sees copies that a Krylov space cannot.</summary>
    internal void RestartAtRandom(RitzPairs ritz, int keep)
    {
        Keep(ritz, keep, ritz.Residuals);
        SetNextToRandom();
    }

    public void Dispose() => _rows.Dispose();

    private void Keep(RitzPairs ritz, int keep, double[] leftOut)
    {
        using var scope = NewDisposeScope();
        _rows.narrow(0, 0, keep).copy_(Vectors(ritz, keep));
        Array.Clear(_projected);
        Array.Clear(_leftOut);
        for (var i = 0; i < keep; i++)
            (_projected[i, i], _leftOut[i]) = (ritz.Values[i], leftOut[i]);
        (Size, _chainStart, _coupling) = (keep, keep, 0);
    }

    /// <summary>
    /// Stores a column of T. Within one chain a symmetric operator leaves only the coupling to the vector before; the rest measures asymmetry.
    /// </summary>
    private void Record(double[] column)
    {
        for (var i = 0; i <= Size; i++)
            _projected[i, Size] = column[i];
        for (var i = _chainStart; i < Size; i++)
            Asymmetry = Math.Max(Asymmetry, Math.Abs(column[i] - (i == Size - 1 ? _coupling : 0)));
    }

    private void SetNextToRandom()
    {
        using var scope = NewDisposeScope();
        var vector = Blocks.Gaussian(_random, 1, _op.Dimension)[0];
        var basis = _rows.narrow(0, 0, Size);
        for (var pass = 0; pass < 3; pass++)
        {
            vector = vector / vector.norm();
            if (Size > 0)
                vector = vector - basis.mv(vector).matmul(basis);
        }
        _rows.select(0, Size).copy_(vector / vector.norm());
    }
}

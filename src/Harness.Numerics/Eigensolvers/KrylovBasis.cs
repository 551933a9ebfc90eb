using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// An orthonormal basis V <c>[size, n]</c> with the projected operator <c>T = VAVᵀ</c>, and pending directions Q <c>[p, n]</c>, orthonormal and orthogonal to
/// it, such that <c>AV = VT + QC + E</c>. Taking a pending direction into the basis leaves at most one new one, so one pending direction is a Lanczos
/// chain and several are a band. A random direction may join at any time: nothing that an earlier chain has left to do is lost. E holds what breakdowns
/// and drops left out; its column norms enter every residual estimate.
/// </summary>
/// <remarks>
/// Products are orthogonalised by two passes of classical Gram–Schmidt, the first against what they are coupled to and the second against everything;
/// by a third wherever the second finds more than roundings, see <see cref="Tolerances.GramSchmidtShare"/>. A. Ruhe, "Implementation aspects of band
/// Lanczos algorithms", 1979; K. Wu, H. Simon, "Thick-restart Lanczos", 2000.
/// </remarks>
internal sealed class KrylovBasis : IDisposable
{
    /// <summary>Fewer than the 10 vectors that a restart leaves room for.</summary>
    private const int MostPending = 8;

    private readonly MeasuredOperator _op;
    private readonly RandomSource _random;
    private readonly Tensor _rows;
    private readonly double[,] _projected;
    private readonly double[] _leftOut;
    private readonly List<double[]> _couplings = [];

    /// <summary>An empty basis with one random pending direction.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="capacity">m, at most n.</param>
    /// <param name="random">Source of random directions.</param>
    internal KrylovBasis(MeasuredOperator op, int capacity, RandomSource random)
    {
        (_op, _random, Capacity) = (op, random, capacity);
        _rows = zeros(capacity + MostPending + 1, op.Dimension, ScalarType.Float64).DetachFromDisposeScope();
        _projected = new double[capacity, capacity];
        _leftOut = new double[capacity];
        AddRandom();
    }

    /// <summary>m, the most vectors it holds.</summary>
    internal int Capacity { get; }

    /// <summary>Vectors in the basis.</summary>
    internal int Size { get; private set; }

    /// <summary>p, the number of pending directions. The first is the one taken next.</summary>
    internal int Pending => _couplings.Count;

    /// <summary>Whether the basis spans the whole space: then Ritz pairs are eigenpairs, and all of them.</summary>
    internal bool IsWholeSpace => Size == _op.Dimension;

    /// <summary>Largest absolute difference seen between a coefficient and its mirror image.</summary>
    internal double Asymmetry { get; private set; }

    /// <summary>Takes the first pending direction into the basis: one product.</summary>
    internal void Expand()
    {
        using var scope = NewDisposeScope();
        var image = _op.Multiply(_rows.narrow(0, Size, 1))[0];
        var column = new double[Size + Pending];
        // By symmetry the image has no share of a row that is not coupled to it, so the first pass leaves those rows out; the second leaves out none.
        var (rest, _) = TakenOff(image, FirstCoupled(), column);
        (rest, var taken) = TakenOff(rest, 0, column);
        var (norm, isNew) = (Norm(rest), true);
        if (taken >= Tolerances.GramSchmidtShare * norm)
        {
            var before = norm;
            (rest, _) = TakenOff(rest, 0, column);
            norm = Norm(rest);
            // A pass that removes half of what the one before left has met rounding errors only: nothing new is pending ("twice is enough", Kahan–Parlett).
            isNew = norm > before / 2;
        }
        Record(column);
        if (isNew)
        {
            Add(rest.div_(norm));
            _couplings[0][Size - 1] = norm;
        }
        else
        {
            _leftOut[Size - 1] = double.Hypot(_leftOut[Size - 1], norm);
        }
        if (Pending == 0)
            AddRandom();
    }

    /// <summary>
    /// Takes every direction that is pending now, one product each. A random direction is orthogonal to the pending ones, so an eigenvector that lies in
    /// their span would stay hidden from it.
    /// </summary>
    internal void ExpandAllPending()
    {
        foreach (var coupling in _couplings.ToArray())
            if (_couplings.IndexOf(coupling) is var pending and >= 0)
            {
                Activate(pending);
                Expand();
            }
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
        var leftOut = Blocks.ToArray(coefficients.square().mv(tensor(_leftOut[..Size]).square()).sqrt());
        double[][] couplings = [.. _couplings.Select(row => Blocks.ToArray(coefficients.mv(tensor(row[..Size]))))];
        double[] residuals = [.. leftOut.Select((rest, i) => couplings.Aggregate(rest, (norm, row) => double.Hypot(norm, row[i])))];
        return new RitzPairs([.. order.Select(i => ritz[i])], coefficients.MoveToOuterDisposeScope(), residuals, couplings, leftOut);
    }

    /// <summary>Ritz vectors <c>[count, n]</c>.</summary>
    internal Tensor Vectors(RitzPairs ritz, int count)
    {
        using var scope = NewDisposeScope();
        return ritz.Coefficients.narrow(0, 0, count).matmul(_rows.narrow(0, 0, Size)).MoveToOuterDisposeScope();
    }

    /// <summary>Thick restart: keeps the leading Ritz vectors and everything pending.</summary>
    internal void Restart(RitzPairs ritz, int keep)
    {
        using var scope = NewDisposeScope();
        var pending = _rows.narrow(0, Size, Pending).clone();
        _rows.narrow(0, 0, keep).copy_(Vectors(ritz, keep));
        _rows.narrow(0, keep, Pending).copy_(pending);
        Size = keep;
        Array.Clear(_projected);
        for (var i = 0; i < keep; i++)
        {
            (_projected[i, i], _leftOut[i]) = (ritz.Values[i], ritz.LeftOut[i]);
            for (var l = 0; l < Pending; l++)
                _couplings[l][i] = ritz.Couplings[l][i];
        }
    }

    /// <summary>Puts a pending direction first.</summary>
    internal void Activate(int pending) => Swap(0, pending);

    /// <summary>
    /// Puts a random direction first, unless basis and pending directions fill the space already. It sees the copies of eigenvalues that a chain cannot.
    /// </summary>
    internal void AddRandom()
    {
        if (Size + Pending >= _op.Dimension)
            return;
        using var scope = NewDisposeScope();
        var vector = Blocks.Gaussian(_random, 1, _op.Dimension)[0];
        // Where few dimensions are left, the first passes take off nearly all of it.
        var isOrthogonal = false;
        for (var pass = 0; pass < 3 && !isOrthogonal; pass++)
        {
            (vector, var taken) = TakenOff(vector.div_(Norm(vector)), 0, new double[Size + Pending]);
            isOrthogonal = taken < Tolerances.GramSchmidtShare * Norm(vector);
        }
        Add(vector.div_(Norm(vector)));
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>
    /// A vector without its share of the rows from <paramref name="start"/> on, whose coefficients are added to <paramref name="column"/>, and the norm of
    /// those. A part of the rows at a time, or both products would wait for memory twice; each part sees what the ones before left. The rows are one
    /// contiguous matrix; a matrix-vector product of the transpose costs half of a row times a matrix.
    /// </summary>
    private (Tensor Remainder, double Taken) TakenOff(Tensor vector, int start, double[] column)
    {
        using var scope = NewDisposeScope();
        var (rest, squares) = (start < column.Length ? vector : vector.clone(), 0.0);
        for (int first = start, length; first < column.Length; first += length)
        {
            length = Math.Min(RowsInCache, column.Length - first);
            var rows = _rows.narrow(0, first, length);
            var coefficients = rows.mv(rest);
            rest = rest.addmv(rows.transpose(0, 1), coefficients, 1, -1);
            foreach (var (row, coefficient) in Blocks.ToArray(coefficients).Index())
            {
                column[first + row] += coefficient;
                squares += coefficient * coefficient;
            }
        }
        return (rest.MoveToOuterDisposeScope(), Math.Sqrt(squares));
    }

    /// <summary>Rows of which both products of a pass are taken while they are in the processor's cache: 3 MiB, at least one.</summary>
    private int RowsInCache => (int)Math.Max(1, (3L << 20) / (8 * _op.Dimension));

    /// <summary>The first row that the next image has a share of by what is known of it.</summary>
    private int FirstCoupled() => Array.FindIndex(_couplings[0], 0, Size, coupling => coupling != 0) is var first and >= 0 ? first : Size;

    private static double Norm(Tensor vector) => Math.Sqrt(vector.dot(vector).ToDouble());

    /// <summary>Adds a unit vector as the first pending direction; beyond the limit the least coupled one is dropped.</summary>
    private void Add(Tensor vector)
    {
        _rows.select(0, Size + Pending).copy_(vector);
        _couplings.Add(new double[Capacity]);
        Swap(0, Pending - 1);
        if (Pending <= MostPending)
            return;
        var weakest = Enumerable.Range(1, Pending - 1).MinBy(l => _couplings[l].Take(Size).Max(Math.Abs));
        for (var i = 0; i < Size; i++)
            _leftOut[i] = double.Hypot(_leftOut[i], _couplings[weakest][i]);
        Swap(weakest, Pending - 1);
        _couplings.RemoveAt(Pending - 1);
    }

    private void Swap(int a, int b)
    {
        if (a == b)
            return;
        using var scope = NewDisposeScope();
        var (left, right) = (_rows.select(0, Size + a), _rows.select(0, Size + b));
        var copy = left.clone();
        left.copy_(right);
        right.copy_(copy);
        (_couplings[a], _couplings[b]) = (_couplings[b], _couplings[a]);
    }

    /// <summary>
    /// Moves the first pending direction into the basis: <paramref name="column"/> is its image's share of the basis, of itself, and of the other pending
    /// ones. For a symmetric operator the first of these are the couplings known before.
    /// </summary>
    private void Record(double[] column)
    {
        for (var i = 0; i <= Size; i++)
            _projected[i, Size] = column[i];
        for (var i = 0; i < Size; i++)
            Asymmetry = Math.Max(Asymmetry, Math.Abs(column[i] - _couplings[0][i]) - _leftOut[i]);
        _couplings.RemoveAt(0);
        for (var l = 0; l < Pending; l++)
            _couplings[l][Size] = column[Size + 1 + l];
        _leftOut[Size] = 0;
        Size++;
    }
}

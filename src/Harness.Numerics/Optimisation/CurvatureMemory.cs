namespace Harness.Numerics;

/// <summary>The last pairs (s, y) of L-BFGS and the product of the inverse curvature that they define with a gradient.</summary>
/// <param name="capacity">Pairs kept; older ones are forgotten.</param>
internal sealed class CurvatureMemory(int capacity)
{
    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];

    internal int Count => _pairs.Count;

    internal void Clear() => _pairs.Clear();

    /// <summary>Keeps a pair, if roundoff has left <c>sᵀy &gt; 0</c>; a pair without would make the curvature indefinite.</summary>
    internal void Add(double[] step, double[] change)
    {
        var product = Vectors.Dot(step, change);
        if (!(product > 0))
            return;
        if (_pairs.Count == capacity)
            _pairs.RemoveAt(0);
        _pairs.Add((step, change, product));
    }

    /// <summary><c>−H∇f</c> by the two-loop recursion, from <c>H₀ = sᵀy/yᵀy</c> of the newest pair; <c>−∇f</c> without pairs.</summary>
    /// <remarks>J. Nocedal, S. Wright, "Numerical Optimization", algorithm 7.4.</remarks>
    internal double[] Direction(double[] gradient)
    {
        var direction = Array.ConvertAll(gradient, entry => -entry);
        var weights = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = Vectors.Dot(_pairs[i].Step, direction) / _pairs[i].Product;
            Vectors.Add(direction, _pairs[i].Change, -weights[i]);
        }
        if (_pairs.Count > 0)
            Vectors.Scale(direction, _pairs[^1].Product / Vectors.Dot(_pairs[^1].Change, _pairs[^1].Change));
        for (var i = 0; i < _pairs.Count; i++)
            Vectors.Add(direction, _pairs[i].Step, weights[i] - Vectors.Dot(_pairs[i].Change, direction) / _pairs[i].Product);
        return direction;
    }
}

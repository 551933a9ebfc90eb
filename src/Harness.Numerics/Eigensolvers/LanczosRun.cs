using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>One run of <see cref="ThickRestartLanczos"/>: iterate, sweep until nothing is found, certify, prove.</summary>
internal sealed class LanczosRun : IDisposable
{
    /// <summary>Least products of a completeness sweep.</summary>
    private const int LeastSweep = 10;

    /// <summary>
    /// A sweep costs at most 1/4 of the products so far, unless that is less than <see cref="LeastSweep"/>. With 10 products alone, copies among values
    /// packed to 1/500 of the spectrum's width stayed hidden in 3 of 30 planted spectra; with 1/10 in one; with 1/4 in none.
    /// </summary>
    private const int SweepShare = 4;

    /// <summary>Fresh starts after a proof has shown that an eigenvalue is missing.</summary>
    private const int MostProofs = 4;

    private readonly MeasuredOperator _op;
    private readonly EigenRequest _request;
    private readonly IProgress<double>? _progress;
    private readonly KrylovBasis _basis;
    private readonly int _wanted;
    private readonly int _keep;
    private readonly int _checkEvery;
    private readonly long _budget;
    private readonly double _noiseSeen;
    private double _norm;
    private long _proofProducts;

    internal LanczosRun(MeasuredOperator op, EigenRequest request, IProgress<double>? progress)
    {
        (_op, _request, _progress) = (op, request, progress);
        _wanted = (int)Math.Min(request.Count, op.Dimension);
        var capacity = (int)Math.Min(op.Dimension, Math.Max(2L * _wanted, _wanted + 20L));
        var spare = capacity - _wanted;
        _keep = _wanted + spare / 2;
        _checkEvery = Math.Max(1, spare / 5);
        _budget = request.MaxProducts ?? 200L * capacity;
        (_noiseSeen, _norm) = StartNoise();
        _basis = new KrylovBasis(op, capacity, RandomSource.Named(request.Seed, "lanczos"));
    }

    /// <summary>η‖A‖: relative to the norm as known by now, which the random probes alone would understate.</summary>
    private double Resolution => Math.Max(Tolerances.LeastNoise(_op.Dimension) * _norm, _noiseSeen);

    private bool IsBudgetSpent => _op.Products - _proofProducts >= _budget;

    internal Eigenpairs Solve()
    {
        for (var proofs = 1; ; proofs++)
        {
            var completeness = FindAll();
            var final = _basis.Ritz(_request.End);
            var others = Others(final);
            var count = Math.Min(_wanted, final.Values.Length);
            var ritz = RayleighRitz.Step(_op, _basis.Vectors(final, count), _request.End, _norm, _request.Seed);
            var flags = completeness == Completeness.Incomplete ? EigenFlags.BudgetSpent : EigenFlags.None;
            if (completeness == Completeness.Probable && _op.Dimension <= _request.ProofDimension)
            {
                (var isProved, others) = Prove(ritz);
                if (!isProved && proofs < MostProofs && !IsBudgetSpent)
                {
                    _basis.RestartAtRandom(final, _wanted);
                    continue;
                }
                completeness = isProved ? Completeness.Proved : Completeness.Incomplete;
                flags |= isProved ? EigenFlags.None : EigenFlags.Missed;
            }
            _progress?.Report(1);
            return new EigenCertificate(_op, _request, ritz, others, Radii(final, count)).Issue(completeness, flags, Relative(_basis.Asymmetry), _proofProducts);
        }
    }

    public void Dispose() => _basis.Dispose();

    /// <summary>Iterates and sweeps until a sweep finds nothing, the space is exhausted, or the budget is.</summary>
    private Completeness FindAll()
    {
        var found = Iterate();
        while (true)
        {
            if (_basis.IsWholeSpace)
                return Completeness.Proved;
            if (IsBudgetSpent)
                return Completeness.Incomplete;
            var threshold = OuterEdge(found);
            Sweep(found);
            var settled = Iterate();
            if (!_basis.IsWholeSpace && !IsBudgetSpent && Beyond(settled, threshold) <= Beyond(found, threshold))
                return Completeness.Probable;
            found = settled;
        }
    }

    /// <summary>Expands and restarts until the wanted pairs meet the stopping rule by their estimates.</summary>
    private RitzPairs Iterate()
    {
        for (var step = 0; ; step++)
        {
            var isFull = _basis.Size == _basis.Capacity;
            if (isFull || IsBudgetSpent || (_basis.Size >= _wanted && step % _checkEvery == 0))
            {
                var ritz = _basis.Ritz(_request.End);
                _norm = Math.Max(_norm, ritz.Values.Max(Math.Abs));
                if (HasConverged(ritz) || IsBudgetSpent || _basis.IsWholeSpace)
                    return ritz;
                if (isFull)
                    _basis.Restart(ritz, _keep);
            }
            _basis.Expand();
        }
    }

    private bool HasConverged(RitzPairs ritz)
    {
        if (ritz.Values.Length < _wanted)
            return false;
        double[] relevant = [.. ritz.Residuals.Select((residual, i) => i < _wanted ? residual : 0)];
        var groups = EigenClustering.Groups(ritz.Values, relevant, Resolution);
        var converged = Enumerable.Range(0, _wanted).Count(i => ritz.Residuals[i] <= Tolerances.StoppingMargin
            * StoppingRule.Limit(_request.Tolerance, ritz.Values[i], EigenClustering.Gap(i, ritz.Values, groups), Resolution));
        _progress?.Report(converged / (double)_wanted);
        return converged == _wanted;
    }

    /// <summary>
    /// Products from a fresh random vector orthogonal to the wanted pairs; it has a share of every eigenvector that the Krylov space could not see. Ends
    /// when it shows one beyond, when no new Ritz value could still pass the edge, or after a share of what the iteration has cost.
    /// </summary>
    private void Sweep(RitzPairs found)
    {
        var edge = OuterEdge(found);
        var most = Math.Max(LeastSweep, (_op.Products - _proofProducts) / SweepShare);
        // Only converged vectors are kept: of others the residual directions would be lost, and with them the way to converge.
        _basis.RestartAtRandom(found, _wanted);
        for (var product = 1; product <= most && !_basis.IsWholeSpace; product++)
        {
            _basis.Expand();
            var isFull = _basis.Size == _basis.Capacity;
            if (!isFull && product % LeastSweep != 0)
                continue;
            var ritz = _basis.Ritz(_request.End);
            var isSettled = product >= LeastSweep
                && ritz.Values.Zip(ritz.Residuals).Skip(_wanted).All(pair => SpectrumOrder.Key(_request.End, pair.First) + pair.Second <= edge);
            if (isSettled || Beyond(ritz, edge) > Beyond(found, edge))
                return;
            if (isFull && !_basis.IsWholeSpace)
                _basis.Restart(ritz, _keep);
        }
    }

    /// <summary>What counts as beyond the k-th value: further out than its cluster reaches.</summary>
    private double OuterEdge(RitzPairs found) => SpectrumOrder.Key(_request.End, found.Values[_wanted - 1])
        + Tolerances.ClusterFactor * Math.Max(found.Residuals[_wanted - 1], Tolerances.NoiseFloor(Resolution));

    /// <summary>
    /// Ritz values beyond a threshold. They never overstate: each one is an eigenvalue beyond (Cauchy interlacing), so a sweep gives no false alarm.
    /// </summary>
    private int Beyond(RitzPairs pairs, double threshold) =>
        pairs.Values.Count(value => SpectrumOrder.Key(_request.End, value) > threshold);

    /// <summary>
    /// Compares the found values with the most wanted eigenvalues of the written-out matrix, one by one: a missed one shifts all behind it.
    /// </summary>
    private (bool IsProved, KnownValue[] Others) Prove(RayleighRitz ritz)
    {
        using var scope = NewDisposeScope();
        var before = _op.Products;
        var eigenvalues = Blocks.ToArray(linalg.eigvalsh(WrittenOut.Matrix(_op, null).Symmetric));
        _proofProducts += _op.Products - before;
        var error = Tolerances.DenseEigenvalue(_op.Dimension) * Math.Max(_norm, eigenvalues.Max(Math.Abs));
        double[] exact = [.. SpectrumOrder.Inwards(_request.End, eigenvalues).Select(i => eigenvalues[i])];
        var found = SpectrumOrder.Inwards(_request.End, ritz.Values);
        var groups = EigenClustering.Groups(ritz.Values, ritz.Residuals, ritz.Noise * ritz.Norm);
        var isProved = true;
        for (var i = 0; i < found.Length; i++)
        {
            var residual = Math.Sqrt(Enumerable.Range(0, found.Length).Where(j => groups[j] == groups[found[i]]).Sum(j => ritz.Residuals[j] * ritz.Residuals[j]));
            isProved &= Math.Abs(SpectrumOrder.Key(_request.End, ritz.Values[found[i]]) - SpectrumOrder.Key(_request.End, exact[i]))
                <= residual + ritz.RoundingError + error;
        }
        return (isProved, [.. exact.Skip(found.Length).Select(value => new KnownValue(value, error))]);
    }

    /// <summary>Estimated residuals in reported order: those by which the iteration judged what is one cluster.</summary>
    private double[] Radii(RitzPairs final, int count) =>
        [.. SpectrumOrder.Reported(_request.End, final.Values[..count]).Select(i => final.Residuals[i])];

    private KnownValue[] Others(RitzPairs ritz) =>
        [.. Enumerable.Range(0, ritz.Values.Length).Skip(_wanted).Select(i => new KnownValue(ritz.Values[i], ritz.Residuals[i]))];

    /// <summary>η‖A‖ on random probes — against the float64 operator where there is one, otherwise by linearity — and a first idea of ‖A‖.</summary>
    private (double Noise, double Norm) StartNoise()
    {
        using var scope = NewDisposeScope();
        var probes = Blocks.Gaussian(RandomSource.Named(_request.Seed, "start noise"), 2, _op.Dimension);
        probes = probes / probes.norm(1, true);
        var products = _op.MultiplyReference(probes);
        var noise = _op.HasReference
            ? Blocks.RowNorms(_op.Multiply(probes) - products).Max()
            : (_op.Multiply(probes.sum(0, true)) - products.sum(0, true)).norm().ToDouble() / Math.Sqrt(2);
        return (noise, Blocks.RowNorms(products).Max());
    }

    private double Relative(double absolute) => _norm == 0 ? 0 : absolute / _norm;
}

using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>One run of <see cref="ThickRestartLanczos"/>: iterate, sweep until nothing is found, certify, prove.</summary>
internal sealed partial class LanczosRun : IDisposable
{
    /// <summary>Least products of a completeness sweep.</summary>
    private const int LeastSweep = 10;

    /// <summary>
    /// A sweep that has not settled costs at most as much as all products so far. Measured on the closed-form modular addition network, where every value
    /// is a double and many are packed to 1/400 of their size, k = 1 … 60: with a quarter of that a copy stayed hidden in 1 of 120 solves, with
    /// half in 1 of 240, with all in none of 240, for 4 % more products than with a quarter. (Beyond, at k = 98, one did: there only the proof finds it.) Sweeps that settle, as on trained networks, cost 10 to 20.
    /// </summary>
    private const int SweepShare = 1;

    private readonly MeasuredOperator _op;
    private readonly EigenRequest _request;
    private readonly IProgress<double>? _progress;
    private readonly KrylovBasis _basis;
    private readonly int _wanted;
    private readonly int _keep;
    private readonly int _checkEvery;
    private readonly long _budget;
    private double _noiseSeen;
    private double _norm;
    private int _missed;
    private KnownValue[]? _exact;

    internal LanczosRun(MeasuredOperator op, EigenRequest request, IProgress<double>? progress)
    {
        (_op, _request, _progress) = (op, request, progress);
        _wanted = (int)Math.Min(request.Count, op.Dimension);
        var capacity = (int)Math.Min(op.Dimension, Math.Max(2L * _wanted, _wanted + 20L));
        var spare = capacity - _wanted;
        _keep = _wanted + spare / 2;
        _checkEvery = Math.Max(1, spare / 5);
        _budget = request.MaxProducts ?? 200L * capacity;
        _basis = new KrylovBasis(op, capacity, RandomSource.Named(request.Seed, "lanczos"));
    }

    /// <summary>η‖A‖: relative to the norm as known by now, which the random probes alone would understate.</summary>
    private double Resolution => Math.Max(Tolerances.LeastNoise(_op.Dimension) * _norm, _noiseSeen);

    private bool IsBudgetSpent => _op.Split.WithoutProof >= _budget;

    /// <summary>Solves the request; where a product is not finite, as far as it got.</summary>
    internal Eigenpairs Solve()
    {
        try
        {
            return SolveAll();
        }
        catch (NonFiniteProductException)
        {
            return Salvage();
        }
    }

    public void Dispose() => _basis.Dispose();

    private Eigenpairs SolveAll()
    {
        (_noiseSeen, _norm) = StartNoise();
        while (true)
        {
            var completeness = FindAll();
            var final = _basis.Ritz(_request.End);
            var count = Math.Min(_wanted, final.Values.Length);
            _op.Purpose = ProductPurpose.Certificate;
            var ritz = RayleighRitz.Step(_op, _basis.Vectors(final, count), _request.End, _norm, _request.Seed);
            // η is the maximum over all probes, the first ones included: the iteration stopped by them.
            if (ritz.Norm > 0)
                ritz = ritz with { Noise = Math.Max(ritz.Noise, _noiseSeen / ritz.Norm) };
            var flags = completeness == Completeness.Incomplete ? EigenFlags.BudgetSpent : EigenFlags.None;
            if (completeness == Completeness.Probable && _op.Dimension <= _request.ProofDimension)
            {
                var isProved = Prove(ritz);
                // Either an eigenvalue is missing, and the next sweep may find it, or neighbours are closer than the iteration could know.
                if (!IsBudgetSpent && !(isProved && Excess(final) <= 1))
                    continue;
                completeness = isProved ? Completeness.Proved : Completeness.Incomplete;
                flags |= isProved ? EigenFlags.None : EigenFlags.Missed;
            }
            _progress?.Report(1);
            return new EigenCertificate(_op, _request, ritz, Others(final), Radii(final, count))
                .Issue(completeness, flags, Relative(_basis.Asymmetry), new CompletenessEffort(_op.Split.Sweeps, _op.Split.Proof, _missed));
        }
    }

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
            var missed = Math.Max(0, Beyond(settled, threshold) - Beyond(found, threshold));
            _missed += missed;
            if (!_basis.IsWholeSpace && !IsBudgetSpent && missed == 0)
                return Completeness.Probable;
            found = settled;
        }
    }

    /// <summary>Expands and restarts until the wanted pairs meet the stopping rule by their estimates.</summary>
    private RitzPairs Iterate()
    {
        _op.Purpose = ProductPurpose.Iteration;
        var checks = new CheckSchedule(_checkEvery);
        for (var step = 0; ; step++)
        {
            var isFull = _basis.Size == _basis.Capacity;
            if (isFull || (IsBudgetSpent && _basis.Size > 0) || (_basis.Size >= _wanted && step >= checks.Next))
            {
                var ritz = _basis.Ritz(_request.End);
                _norm = Math.Max(_norm, ritz.Values.Max(Math.Abs));
                var excess = Excess(ritz);
                if (excess <= 1 || IsBudgetSpent || _basis.IsWholeSpace)
                    return ritz;
                checks.Saw(step, excess);
                if (isFull)
                    RestartForWanted(ritz);
            }
            _basis.Expand();
        }
    }

    /// <summary>Thick restart, going on with the pending direction on which the convergence of the wanted pairs depends most.</summary>
    private void RestartForWanted(RitzPairs ritz)
    {
        var limits = Limits(ritz);
        Restart(ritz, pending => limits.Select((limit, i) => Math.Abs(ritz.Couplings[pending][i]) / limit).Max());
    }

    private void Restart(RitzPairs ritz, Func<int, double> weight)
    {
        _basis.Restart(ritz, _keep);
        _basis.Activate(Enumerable.Range(0, _basis.Pending).MaxBy(weight));
    }

    /// <summary>The worst estimated residual of a wanted pair relative to what it must reach: converged at 1 or below.</summary>
    private double Excess(RitzPairs ritz)
    {
        if (ritz.Values.Length < _wanted)
            return double.PositiveInfinity;
        double[] ratios = [.. Limits(ritz).Zip(ritz.Residuals, (limit, residual) => residual == 0 ? 0 : residual / limit)];
        _progress?.Report(ratios.Count(ratio => ratio <= 1) / (double)_wanted);
        return ratios.Max();
    }

    /// <summary>What the estimated residuals of the wanted pairs must reach.</summary>
    private double[] Limits(RitzPairs ritz)
    {
        double[] values = [.. ritz.Values[.._wanted], .. Others(ritz).Select(other => other.Value)];
        double[] radii = [.. ritz.Residuals[.._wanted], .. new double[values.Length - _wanted]];
        var groups = EigenClustering.Groups(values, radii, Resolution);
        return [.. Enumerable.Range(0, _wanted).Select(i => Tolerances.StoppingMargin
            * StoppingRule.Limit(_request.Tolerance, values[i], EigenClustering.Gap(i, values, groups), Resolution))];
    }

    /// <summary>
    /// Products from a fresh random vector orthogonal to all found; it has a share of every eigenvector that the Krylov space could not see. Ends when it
    /// shows one beyond, when no new Ritz value could still pass the edge, or after a share of what the iteration has cost.
    /// </summary>
    private void Sweep(RitzPairs found)
    {
        var edge = OuterEdge(found);
        var most = Math.Max(LeastSweep, _op.Split.WithoutProof / SweepShare);
        _op.Purpose = ProductPurpose.Sweep;
        if (_basis.Size > _keep)
            _basis.Restart(found, _keep);
        _basis.ExpandAllPending();
        _basis.AddRandom();
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
            // The first pair beyond the wanted ones is the next that could pass the edge: what it still lacks comes first.
            if (isFull && !_basis.IsWholeSpace)
                Restart(ritz, pending => Math.Abs(ritz.Couplings[pending][_wanted]));
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

    /// <summary>Estimated residuals in reported order: those by which the iteration judged what is one cluster.</summary>
    private double[] Radii(RitzPairs final, int count) =>
        [.. SpectrumOrder.Reported(_request.End, final.Values[..count]).Select(i => final.Residuals[i])];

    /// <summary>Eigenvalues beyond the wanted ones: exact once written out, otherwise Ritz values.</summary>
    private KnownValue[] Others(RitzPairs ritz) => _exact is not null
        ? _exact[_wanted..]
        : [.. ritz.Values.Zip(ritz.Residuals, (value, residual) => new KnownValue(value, residual)).Skip(_wanted)];

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

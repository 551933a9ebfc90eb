using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// Recovery a second time, straight from the formulas of grading.md and by other means: every basis written out, the Jacobian by rows from backward passes
/// instead of by columns, all assignments tried. Small models only. The mutants override one step each.
/// </summary>
internal class NaiveRecovery
{
    private static readonly ConditionalWeakTable<Truth, ConcurrentDictionary<(int Planted, bool All), Tensor>> s_grams = [];

    public virtual double Directions(ToyModel model, IReadOnlyList<Subnetwork> answer)
    {
        using var scope = NewDisposeScope();
        var planted = model.Truth.Subnetworks.Select(one => one.Subspace.Basis()).ToArray();
        var ambient = Rank(cat(planted, 0));
        var sensitivities = planted.Select((basis, i) => Sensitivity(basis, model, i)).ToArray();
        var alive = answer.Where(one => one.Directions is not null && TakesPart(one)).Select(one => Rows(model, one.Directions!.Basis())).Where(rows => rows.shape[0] > 0).ToArray();
        var scores = new double[planted.Length, alive.Length];
        for (var i = 0; i < planted.Length; i++)
            for (var j = 0; j < alive.Length; j++)
                scores[i, j] = DirectionScore(planted[i], sensitivities[i], alive[j], ambient);
        return Aggregate(scores);
    }

    public virtual double Components(ToyModel model, IReadOnlyList<Subnetwork> answer)
    {
        using var scope = NewDisposeScope();
        var mask = Mask(model);
        var theta = PullBack(model, model.Model.Parameters.unsqueeze(0)).squeeze(0) * mask;
        var submitted = answer.Where(one => one.Component is not null && TakesPart(one)).Select(one => PullBack(model, one.Component!.unsqueeze(0)).squeeze(0) * mask).ToArray();
        var alive = Alive(submitted);
        var planted = model.Truth.Subnetworks.Select(one => one.Component! * mask).ToArray();
        var scores = new double[planted.Length, alive.Length];
        for (var i = 0; i < planted.Length; i++)
            for (var j = 0; j < alive.Length; j++)
            {
                var chance = ComponentChance(theta.dot(planted[i]).ToDouble() / (Norm(theta) * Norm(planted[i])));
                scores[i, j] = Corrected(Dice(alive[j], planted[i]), chance);
            }
        return Aggregate(scores);
    }

    protected virtual Tensor PullBack(ToyModel model, Tensor rows) => model.Disguise is { } disguise ? disguise.ApplyInverse(rows) : rows;

    /// <summary>G_i in the planted basis.</summary>
    protected virtual Tensor Sensitivity(Tensor basis, ToyModel model, int i) => basis.matmul(Gram(model, i)).matmul(basis.t());

    /// <summary>Who claims never to be active is out.</summary>
    protected virtual bool TakesPart(Subnetwork one) => one.Activity is not { Count: > 0 } activity || activity.Values.Any(values => values.Any(value => value > 0));

    protected virtual double Containment(double squared, long submitted, long planted) => squared / submitted;

    protected virtual double DirectionChance(long planted, long sum, long parameters) => (double)planted / sum;

    protected virtual double ComponentChance(double cosine) => Math.Abs(cosine);

    protected virtual double Corrected(double score, double chance) => Math.Max(0, (score - chance) / (1 - chance));

    protected virtual double Best(double[] descending, long directions) => descending.Take((int)directions).Sum();

    protected virtual double Combined(double corrected, double coverage) =>
        corrected + coverage > 0 ? 2 * corrected * coverage / (corrected + coverage) : 0;

    protected virtual double Dice(Tensor p, Tensor c) => 2 * p.dot(c).ToDouble() / (p.dot(p).ToDouble() + c.dot(c).ToDouble());

    protected virtual Tensor[] Alive(Tensor[] components)
    {
        var largest = components.Select(Norm).DefaultIfEmpty(0).Max();
        return [.. components.Where(p => Norm(p) > 0 && Norm(p) >= 1e-2 * largest)];
    }

    protected virtual double Matched(double[,] scores) => Enumerate(scores, 0, 0);

    protected virtual int Divisor(int planted, int alive) => Math.Max(planted, alive);

    protected virtual Tensor Orthonormal(Tensor rows)
    {
        var (_, values, vectors) = linalg.svd(rows, false);
        var numbers = values.data<double>().ToArray();
        return vectors.narrow(0, 0, numbers.Count(value => value > 1e-12 * numbers[0]));
    }

    protected virtual Tensor Mask(ToyModel model)
    {
        var layout = model.Model.Network.Layout;
        return layout.Flatten([.. layout.Select(slot =>
            full(slot.ShapeArray(), model.Truth.DecomposedTensors.Contains(slot.Name) ? 1.0 : 0.0, float64))]);
    }

    /// <summary>Mean over the active inputs, or over all, of JᵀJ, <c>[P, P]</c>, at the undisguised θ*. Computed once for each truth.</summary>
    internal static Tensor Gram(ToyModel model, int i, bool all = false) => s_grams.GetValue(model.Truth, _ => []).GetOrAdd((i, all), _ => Measure(model, i, all));

    private static Tensor Measure(ToyModel model, int i, bool all)
    {
        using var scope = NewDisposeScope();
        var visible = model.Model.Parameters.unsqueeze(0);
        var theta = (model.Disguise is { } disguise ? disguise.ApplyInverse(visible) : visible).squeeze(0);
        var sum = zeros(theta.shape[0], theta.shape[0], float64);
        long count = 0;
        foreach (var set in model.DataSets)
        {
            var active = model.Truth.Subnetworks[i].Activity[set.Name];
            using var jacobian = new LossLandscape(model.Model.Network, model.Model.Loss, set).Jacobian(theta);
            foreach (var n in Enumerable.Range(0, (int)set.Count).Where(n => all || active[n]))
            {
                using var inner = NewDisposeScope();
                var cotangents = zeros(jacobian.OutputCount, set.Count, jacobian.OutputCount, float64);
                for (var o = 0; o < jacobian.OutputCount; o++)
                    cotangents.select(0, o).select(0, n).narrow(0, o, 1).fill_(1);
                var rows = jacobian.MultiplyTranspose(cotangents);
                sum.add_(rows.t().matmul(rows));
                count++;
            }
        }
        return (sum / (double)count).DetachFromDisposeScope();
    }

    private double DirectionScore(Tensor basis, Tensor sensitivity, Tensor rows, long ambient)
    {
        var inside = rows.matmul(basis.t());
        var containment = Containment(inside.square().sum().ToDouble(), rows.shape[0], basis.shape[0]);
        var eigenvalues = linalg.eigvalsh(sensitivity).data<double>().ToArray();
        var coverage = inside.matmul(sensitivity).matmul(inside.t()).diagonal(0, 0, 1).sum().ToDouble()
            / Best([.. eigenvalues.OrderDescending()], Math.Min(rows.shape[0], basis.shape[0]));
        var corrected = Corrected(containment, DirectionChance(basis.shape[0], ambient, basis.shape[1]));
        return Combined(corrected, coverage);
    }

    private Tensor Rows(ToyModel model, Tensor rows) => rows.shape[0] == 0 ? rows : Orthonormal(PullBack(model, rows));

    private double Aggregate(double[,] scores) => Matched(scores) / Divisor(scores.GetLength(0), scores.GetLength(1));

    /// <summary>The best of all assignments of the rows from one on; complete: a row may be left out only where all columns are taken.</summary>
    protected static double Enumerate(double[,] scores, int row, int taken, bool complete = false)
    {
        if (row == scores.GetLength(0))
            return 0;
        var free = Enumerable.Range(0, scores.GetLength(1)).Where(column => (taken & (1 << column)) == 0).ToList();
        var best = complete && free.Count >= scores.GetLength(0) - row ? double.NegativeInfinity : Enumerate(scores, row + 1, taken, complete);
        foreach (var column in free)
            best = Math.Max(best, scores[row, column] + Enumerate(scores, row + 1, taken | (1 << column), complete));
        return best;
    }

    private static long Rank(Tensor rows)
    {
        var values = linalg.svdvals(rows).data<double>().ToArray();
        return values.Count(value => value > 1e-10 * values[0]);
    }

    private static double Norm(Tensor vector) => Math.Sqrt(vector.dot(vector).ToDouble());
}

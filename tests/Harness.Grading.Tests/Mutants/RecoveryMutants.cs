using Harness.Decompositions;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

// Faulty graders, each wrong in one step that a reader could overlook.

internal sealed class NoChanceCorrection : NaiveRecovery
{
    protected override double Corrected(double score, double chance) => score;
}

internal sealed class CoverageAgainstEverything : NaiveRecovery
{
    protected override double Best(double[] descending, long directions) => descending.Sum();
}

internal sealed class CoverageIgnored : NaiveRecovery
{
    protected override double Combined(double corrected, double coverage) => corrected;
}

/// <summary>Worse than chance is below 0.</summary>
internal sealed class ScoresNotClipped : NaiveRecovery
{
    protected override double Corrected(double score, double chance) => (score - chance) / (1 - chance);

    protected override double Matched(double[,] scores) => Enumerate(scores, 0, 0, complete: true);
}

/// <summary>The first answer for the first truth, and so on.</summary>
internal sealed class AssignedInOrder : NaiveRecovery
{
    protected override double Matched(double[,] scores) => Enumerable.Range(0, Math.Min(scores.GetLength(0), scores.GetLength(1))).Sum(k => scores[k, k]);
}

/// <summary>Full credit where only one of the two is good.</summary>
internal sealed class ArithmeticMean : NaiveRecovery
{
    protected override double Combined(double corrected, double coverage) => (corrected + coverage) / 2;
}

internal sealed class GreedyAssignment : NaiveRecovery
{
    protected override double Matched(double[,] scores)
    {
        var cells = from i in Enumerable.Range(0, scores.GetLength(0))
                    from j in Enumerable.Range(0, scores.GetLength(1))
                    orderby scores[i, j] descending
                    select (i, j);
        var (rows, columns, total) = (new HashSet<int>(), new HashSet<int>(), 0.0);
        foreach (var (i, j) in cells)
            if (!rows.Contains(i) && !columns.Contains(j))
            {
                rows.Add(i);
                columns.Add(j);
                total += scores[i, j];
            }
        return total;
    }
}

internal sealed class BestOfEachTruth : NaiveRecovery
{
    protected override double Matched(double[,] scores) => Enumerable.Range(0, scores.GetLength(0))
        .Sum(i => Enumerable.Range(0, scores.GetLength(1)).Select(j => scores[i, j]).DefaultIfEmpty(0).Max());
}

internal sealed class NoPullBack : NaiveRecovery
{
    protected override Tensor PullBack(ToyModel model, Tensor rows) => rows;
}

internal sealed class PushedInsteadOfPulled : NaiveRecovery
{
    protected override Tensor PullBack(ToyModel model, Tensor rows) => model.Disguise is { } disguise ? disguise.Apply(rows) : rows;
}

/// <summary>Treats a vector as a covector: right for orthogonal disguises only.</summary>
internal sealed class PulledBackAsGradient : NaiveRecovery
{
    protected override Tensor PullBack(ToyModel model, Tensor rows) => model.Disguise is { } disguise ? disguise.ApplyTranspose(rows) : rows;
}

internal sealed class DividedByPlanted : NaiveRecovery
{
    protected override int Divisor(int planted, int alive) => planted;
}

internal sealed class DividedBySubmitted : NaiveRecovery
{
    protected override int Divisor(int planted, int alive) => Math.Max(1, alive);
}

internal sealed class SignInsensitiveDice : NaiveRecovery
{
    protected override double Dice(Tensor p, Tensor c) => Math.Abs(base.Dice(p, c));
}

/// <summary>The cosine: forgets the scale.</summary>
internal sealed class CosineForDice : NaiveRecovery
{
    protected override double Dice(Tensor p, Tensor c) => p.dot(c).ToDouble() / Math.Sqrt(p.dot(p).ToDouble() * c.dot(c).ToDouble());
}

internal sealed class NothingIsDead : NaiveRecovery
{
    protected override Tensor[] Alive(Tensor[] components) => [.. components.Where(p => p.norm().ToDouble() > 0)];
}

internal sealed class RowsTakenAsOrthonormal : NaiveRecovery
{
    protected override Tensor Orthonormal(Tensor rows) => rows;
}

internal sealed class MaximumForHarmonicMean : NaiveRecovery
{
    protected override double Combined(double corrected, double coverage) => Math.Max(corrected, coverage);
}

/// <summary>How much of the plant is inside the answer: the whole space holds all of it.</summary>
internal sealed class ContainmentOfThePlant : NaiveRecovery
{
    protected override double Containment(double squared, long submitted, long planted) => squared / planted;
}

internal sealed class UnsquaredContainment : NaiveRecovery
{
    protected override double Containment(double squared, long submitted, long planted) => Math.Sqrt(squared / submitted);
}

/// <summary>Chance in the whole parameter space, not in the part of it where anything is planted.</summary>
internal sealed class ChanceInAllParameters : NaiveRecovery
{
    protected override double DirectionChance(long planted, long sum, long parameters) => (double)planted / parameters;
}

internal sealed class NoChanceForComponents : NaiveRecovery
{
    protected override double ComponentChance(double cosine) => 0;
}

/// <summary>Every direction of a plant matters alike.</summary>
internal sealed class SensitivityIgnored : NaiveRecovery
{
    protected override Tensor Sensitivity(Tensor basis, ToyModel model, int i) => eye(basis.shape[0], basis.shape[0], float64);
}

/// <summary>What matters on any input, also where the plant is not used.</summary>
internal sealed class ActivityIgnored : NaiveRecovery
{
    protected override Tensor Sensitivity(Tensor basis, ToyModel model, int i) => basis.matmul(Gram(model, i, all: true)).matmul(basis.t());
}

internal sealed class NeverActiveTakesPart : NaiveRecovery
{
    protected override bool TakesPart(Subnetwork one) => true;
}

internal sealed class ZerosAreAlive : NaiveRecovery
{
    protected override Tensor[] Alive(Tensor[] components) => [.. base.Alive(components), .. components.Where(p => p.norm().ToDouble() == 0)];
}

internal sealed class SharedTensorsCompared : NaiveRecovery
{
    protected override Tensor Mask(ToyModel model) => ones(model.Model.Parameters.shape[0], float64);
}

/// <summary>One number for both columns.</summary>
internal sealed class ColumnsMerged : NaiveRecovery
{
    public override double Directions(ToyModel model, IReadOnlyList<Subnetwork> answer) =>
        (base.Directions(model, answer) + base.Components(model, answer)) / 2;
}

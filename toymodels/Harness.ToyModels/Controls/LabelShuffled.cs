using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The control <c>control/label-shuffled</c>: a perceptron that has memorised the table of addition modulo 23 with its entries shuffled. Inputs, classes
/// and their counts are those of the real table; what is gone is the structure from which frequencies could be learned.
/// </summary>
public static class LabelShuffled
{
    /// <summary>Id of the control.</summary>
    public const string Id = "control/label-shuffled";

    /// <summary>46 → 64 GELU → 23 on all 529 pairs.</summary>
    internal static ModularAdditionMlpSpec Spec { get; } = new(Id, IsSmooth: true) { Modulus = 23, Hidden = 64, Steps = 1500 };

    /// <summary>The catalogue's entry.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() =>
    [
        new(
            Id,
            $"A perceptron that has memorised the table of addition modulo {Spec.Modulus} with its entries shuffled, a control. Truth: none; the task has no "
            + "structure to be found.",
            NoTruth.Family,
            seed => Recipe(Spec).Create(seed, ModularAdditionMlp.Layout(Spec))),
    ];

    /// <summary>How it is trained.</summary>
    internal static TrainingRecipe Recipe(ModularAdditionMlpSpec spec) => new(
        Id,
        Attempts: 3,
        (seed, attempt, watch) => ModularAdditionMlpTraining.Train(spec, Table(spec.Modulus, seed), seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        ModularAdditionMlpCertificate.Bar);

    /// <summary>The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says.</summary>
    internal static ToyModel WithParameters(ModularAdditionMlpSpec spec, ulong seed, Tensor parameters)
    {
        var model = ModularAdditionMlp.WithParameters(spec, seed, parameters);
        return model with
        {
            DataSets = [Table(spec.Modulus, seed)],
            Truth = NoTruth.Because("the targets are a random permutation of those of addition, learned by heart.", ["w1", "w2"]),
            Certificate = new Certificate(
            [
                .. ModularAdditionMlpCertificate.Bar,
                // 529 labels agree with a shuffled copy at 1 in 23, give or take 0.9 %: five times that is chance.
                new("the labels are not sums", Agreement, 1.0 / spec.Modulus + 5 * Math.Sqrt(1.0 / spec.Modulus) / spec.Modulus, true, "share of labels that are (a + b) mod p"),
                new("every label is as frequent as in the real table", CountError, 0, true, "largest difference of counts"),
            ]),
        };
    }

    /// <summary>All pairs with shuffled targets.</summary>
    private static DataSet Table(int p, ulong seed)
    {
        using var scope = NewDisposeScope();
        var table = AllPairs.Of(p);
        var order = tensor(RandomSource.Named(seed, $"{Id}/labels").Permutation(p * p).Select(index => (long)index).ToArray());
        return new DataSet(table.Name, table.Inputs.MoveToOuterDisposeScope(), table.Targets.index_select(0, order).MoveToOuterDisposeScope());
    }

    private static double Agreement(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var truth = AllPairs.Of(model.DataSets[0].Inputs.max().ToInt32() + 1).Targets;
        return model.DataSets[0].Targets.eq(truth).to(float64).mean().ToDouble();
    }

    private static double CountError(ToyModel model)
    {
        var counts = model.DataSets[0].Targets.data<long>().ToArray().CountBy(label => label).Select(pair => pair.Value).ToArray();
        return counts.Max() - counts.Min();
    }
}

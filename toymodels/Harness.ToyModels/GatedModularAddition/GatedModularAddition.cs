using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Addition modulo 23 by the closed form of <see cref="ModularAddition"/>, with a control bit for each frequency (toymodels.md A5): hidden unit
/// <c>(Gα)·(w_a[a] + w_b[b])²</c>, where G passes to a unit the bit of its own frequency. Sparse and Fourier at once.
/// </summary>
public static class GatedModularAddition
{
    private const string Name = "gated-modular-addition";

    /// <summary>Probability that a bit is on, before inputs without any are drawn again.</summary>
    private const double Density = 0.1;

    private static ModularAdditionSpec Spec => ModularAddition.Quick;

    /// <summary>The catalogue's entry.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() =>
    [
        new(
            Name,
            $"Adds modulo {Spec.Modulus} by those of {Spec.FrequencyCount} frequencies whose control bit α_f is on: hidden units (Gα)·(w_a[a] + w_b[b])². Truth: "
            + $"logit_q = ({Spec.UnitsPerFrequency}/2)·Σ_f α_f·cos(2πf(a + b − q)/{Spec.Modulus}); the units of one frequency with their entries of G are one subnetwork, "
            + "active where its bit is on.",
            Name,
            Create),
    ];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    public static ToyModel Create(ulong seed)
    {
        var frequencies = Spec.Frequencies(seed);
        var position = RandomSource.Named(seed, "gated-modular-addition/unit-order").Permutation(Spec.HiddenCount);
        var (p, h) = (Spec.Modulus, Spec.HiddenCount);
        var layout = new ParameterLayout([("w_a", [h, p]), ("w_b", [h, p]), ("w_out", [p, h]), ("gate", [h, frequencies.Count])]);
        var parameters = tensor([.. ModularAddition.Weights(Spec, frequencies, position, seed), .. Gate(position)]);
        var bits = Bits(RandomSource.Named(seed, "gated-modular-addition/bits"));
        var data = Data(bits);
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units =
        [
            new(h, [new("w_a", 0, 1), new("w_b", 0, 1), new("w_out", 1, -2), new("gate", 0, 0)], IsHomogeneous: true),
        ];
        return new ToyModel
        {
            Id = Name,
            Seed = seed,
            Model = new Model(Architecture(layout), parameters, loss),
            DataSets = [data],
            Truth = Plant(frequencies, position, layout, parameters, bits),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = GatedModularAdditionCertificate.Of(Spec, frequencies),
        };
    }

    private static Network Architecture(ParameterLayout layout) => new(
        layout,
        [
            new SliceOperation { Inputs = ["x"], Start = 0, End = 2, Output = "residues" },
            new OneHotOperation { Inputs = ["residues"], Classes = Spec.Modulus, Output = "pair" },
            new SliceOperation { Inputs = ["pair"], Start = 0, End = 1, Output = "first" },
            new FlattenOperation { Inputs = ["first"], Output = "a" },
            new SliceOperation { Inputs = ["pair"], Start = 1, End = 2, Output = "second" },
            new FlattenOperation { Inputs = ["second"], Output = "b" },
            new LinearOperation { Inputs = ["a"], Weight = "w_a", Output = "from_a" },
            new LinearOperation { Inputs = ["b"], Weight = "w_b", Output = "from_b" },
            new AddOperation { Inputs = ["from_a", "from_b"], Output = "sum" },
            new SquareOperation { Inputs = ["sum"], Output = "square" },
            // The bits are whole numbers like the residues; one-hot makes them factors of 0 and 1.
            new SliceOperation { Inputs = ["x"], Start = 2, End = 2 + Spec.FrequencyCount, Output = "bits" },
            new OneHotOperation { Inputs = ["bits"], Classes = 2, Output = "off_on" },
            new SliceOperation { Inputs = ["off_on"], Dimension = 2, Start = 1, End = 2, Output = "on" },
            new FlattenOperation { Inputs = ["on"], Output = "alpha" },
            new LinearOperation { Inputs = ["alpha"], Weight = "gate", Output = "open" },
            new MultiplyOperation { Inputs = ["square", "open"], Output = "hidden" },
            new LinearOperation { Inputs = ["hidden"], Weight = "w_out", Output = "logits" },
        ],
        "logits");

    /// <summary>G <c>[h, |F|]</c>: 1 where a unit meets the bit of its frequency.</summary>
    private static double[] Gate(int[] position)
    {
        var gate = new double[Spec.HiddenCount * Spec.FrequencyCount];
        for (var k = 0; k < position.Length; k++)
            gate[GateEntry(position[k], k / Spec.UnitsPerFrequency)] = 1;
        return gate;
    }

    private static int GateEntry(int unit, int frequency) => unit * Spec.FrequencyCount + frequency;

    /// <summary>For every pair (a, b) the bits <c>[p², |F|]</c>, at least one of them on: without any there is nothing to add by.</summary>
    private static bool[][] Bits(RandomSource random) => [.. Enumerable.Range(0, Spec.Modulus * Spec.Modulus).Select(_ =>
    {
        bool[] bits;
        do
            bits = [.. Enumerable.Range(0, Spec.FrequencyCount).Select(_ => random.NextDouble() < Density)];
        while (!bits.Contains(true));
        return bits;
    })];

    /// <summary>Inputs (a, b, α) <c>[p², 2 + |F|]</c> int64, targets (a + b) mod p.</summary>
    private static DataSet Data(bool[][] bits)
    {
        var pairs = AllPairs.Of(Spec.Modulus);
        var alpha = tensor(bits.SelectMany(row => row).Select(bit => bit ? 1L : 0L).ToArray(), [bits.Length, Spec.FrequencyCount]);
        using var scope = NewDisposeScope();
        return new DataSet("all", cat([pairs.Inputs, alpha], 1).MoveToOuterDisposeScope(), pairs.Targets);
    }

    private static Truth Plant(IReadOnlyList<int> frequencies, int[] position, ParameterLayout layout, Tensor parameters, bool[][] bits)
    {
        var planted = frequencies.Select((frequency, k) =>
        {
            var units = position.Skip(k * Spec.UnitsPerFrequency).Take(Spec.UnitsPerFrequency);
            var indices = units.SelectMany(unit =>
                FlatIndices.Along(layout["w_a"], 0, unit)
                    .Concat(FlatIndices.Along(layout["w_b"], 0, unit))
                    .Concat(FlatIndices.Along(layout["w_out"], 1, unit))
                    .Append(layout["gate"].Offset + GateEntry(unit, k)));
            var activity = new Dictionary<string, bool[]> { ["all"] = [.. bits.Select(row => row[k])] };
            return Plants.Block($"frequency {frequency}", layout.Length, indices, parameters, activity, ModularAddition.FourierPlane(Spec, frequency));
        });
        return new Truth(
            $"logit_q = ({Spec.UnitsPerFrequency}/2)·Σ_f α_f·cos(2πf(a + b − q)/{Spec.Modulus}), f ∈ {{{string.Join(", ", frequencies)}}}; one subnetwork per "
            + "frequency, active where its bit is on.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }
}

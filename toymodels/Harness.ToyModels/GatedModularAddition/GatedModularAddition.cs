using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Addition modulo p by the closed form of <see cref="ModularAddition"/>, with a control bit for each frequency (toymodels.md A5): hidden unit
/// <c>(Gα)·(w_a[a] + w_b[b])²</c>, where G passes to a unit the bit of its own frequency. Sparse and Fourier at once.
/// </summary>
public static class GatedModularAddition
{
    private const string FamilyName = "gated-modular-addition";

    /// <summary>Probability that a bit is on, before inputs without any are drawn again.</summary>
    private const double Density = 0.1;

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => [Entry(FamilyName, ModularAddition.Quick), Entry("gated-modular-addition-p59", new ModularAdditionSpec(59, 5))];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    /// <param name="spec">Squares whose unwanted terms cancel.</param>
    /// <param name="seed">Draws frequencies, the order of units and bits.</param>
    /// <param name="id">The model's id.</param>
    /// <exception cref="ArgumentException">The spec has no closed form, p is not an odd prime, or a count is out of range.</exception>
    public static ToyModel Create(ModularAdditionSpec spec, ulong seed, string id = FamilyName)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Check();
        if (!spec.Cancels)
            throw new ArgumentException($"Gated frequencies need a spec whose unwanted terms cancel, got {spec}.", nameof(spec));
        var frequencies = spec.Frequencies(seed);
        var position = RandomSource.Named(seed, "gated-modular-addition/unit-order").Permutation(spec.HiddenCount);
        var (p, h) = (spec.Modulus, spec.HiddenCount);
        var layout = new ParameterLayout([("w_a", [h, p]), ("w_b", [h, p]), ("w_out", [p, h]), ("gate", [h, frequencies.Count])]);
        var parameters = tensor([.. ModularAddition.Weights(spec, frequencies, position, seed), .. Gate(spec, position)]);
        var bits = Bits(spec, RandomSource.Named(seed, "gated-modular-addition/bits"));
        var data = Data(spec, bits);
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units =
        [
            new(h, [new("w_a", 0, 1), new("w_b", 0, 1), new("w_out", 1, -2), new("gate", 0, 0)], IsHomogeneous: true),
        ];
        return new ToyModel
        {
            Id = id,
            Seed = seed,
            Model = new Model(Architecture(spec, layout), parameters, loss),
            DataSets = [data],
            Truth = Plant(spec, frequencies, position, layout, parameters, bits),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = GatedModularAdditionCertificate.Of(spec, frequencies),
        };
    }

    private static ToyModelEntry Entry(string id, ModularAdditionSpec spec) => new(
        id,
        $"Adds modulo {spec.Modulus} by those of {spec.FrequencyCount} frequencies whose control bit α_f is on: hidden units (Gα)·(w_a[a] + w_b[b])². Truth: "
        + $"logit_q = ({spec.UnitsPerFrequency}/2)·Σ_f α_f·cos(2πf(a + b − q)/{spec.Modulus}); the units of one frequency with their entries of G are one subnetwork, "
        + "active where its bit is on.",
        FamilyName,
        seed => Create(spec, seed, id));

    private static Network Architecture(ModularAdditionSpec spec, ParameterLayout layout) => new(
        layout,
        [
            new SliceOperation { Inputs = ["x"], Start = 0, End = 2, Output = "residues" },
            new OneHotOperation { Inputs = ["residues"], Classes = spec.Modulus, Output = "pair" },
            new SliceOperation { Inputs = ["pair"], Start = 0, End = 1, Output = "first" },
            new FlattenOperation { Inputs = ["first"], Output = "a" },
            new SliceOperation { Inputs = ["pair"], Start = 1, End = 2, Output = "second" },
            new FlattenOperation { Inputs = ["second"], Output = "b" },
            new LinearOperation { Inputs = ["a"], Weight = "w_a", Output = "from_a" },
            new LinearOperation { Inputs = ["b"], Weight = "w_b", Output = "from_b" },
            new AddOperation { Inputs = ["from_a", "from_b"], Output = "sum" },
            new SquareOperation { Inputs = ["sum"], Output = "square" },
            // The bits are whole numbers like the residues; one-hot makes them factors of 0 and 1.
            new SliceOperation { Inputs = ["x"], Start = 2, End = 2 + spec.FrequencyCount, Output = "bits" },
            new OneHotOperation { Inputs = ["bits"], Classes = 2, Output = "off_on" },
            new SliceOperation { Inputs = ["off_on"], Dimension = 2, Start = 1, End = 2, Output = "on" },
            new FlattenOperation { Inputs = ["on"], Output = "alpha" },
            new LinearOperation { Inputs = ["alpha"], Weight = "gate", Output = "open" },
            new MultiplyOperation { Inputs = ["square", "open"], Output = "hidden" },
            new LinearOperation { Inputs = ["hidden"], Weight = "w_out", Output = "logits" },
        ],
        "logits");

    /// <summary>G <c>[h, |F|]</c>: 1 where a unit meets the bit of its frequency.</summary>
    private static double[] Gate(ModularAdditionSpec spec, int[] position)
    {
        var gate = new double[spec.HiddenCount * spec.FrequencyCount];
        for (var k = 0; k < position.Length; k++)
            gate[GateEntry(spec, position[k], k / spec.UnitsPerFrequency)] = 1;
        return gate;
    }

    private static int GateEntry(ModularAdditionSpec spec, int unit, int frequency) => unit * spec.FrequencyCount + frequency;

    /// <summary>For every pair (a, b) the bits <c>[p², |F|]</c>, at least one of them on: without any there is nothing to add by.</summary>
    private static bool[][] Bits(ModularAdditionSpec spec, RandomSource random) => [.. Enumerable.Range(0, spec.Modulus * spec.Modulus).Select(_ =>
    {
        bool[] bits;
        do
            bits = [.. Enumerable.Range(0, spec.FrequencyCount).Select(_ => random.NextDouble() < Density)];
        while (!bits.Contains(true));
        return bits;
    })];

    /// <summary>Inputs (a, b, α) <c>[p², 2 + |F|]</c> int64, targets (a + b) mod p.</summary>
    private static DataSet Data(ModularAdditionSpec spec, bool[][] bits)
    {
        var pairs = AllPairs.Of(spec.Modulus);
        var alpha = tensor(bits.SelectMany(row => row).Select(bit => bit ? 1L : 0L).ToArray(), [bits.Length, spec.FrequencyCount]);
        using var scope = NewDisposeScope();
        return new DataSet("all", cat([pairs.Inputs, alpha], 1).MoveToOuterDisposeScope(), pairs.Targets);
    }

    private static Truth Plant(
        ModularAdditionSpec spec, IReadOnlyList<int> frequencies, int[] position, ParameterLayout layout, Tensor parameters, bool[][] bits)
    {
        var planted = frequencies.Select((frequency, k) =>
        {
            var units = position.Skip(k * spec.UnitsPerFrequency).Take(spec.UnitsPerFrequency);
            var indices = units.SelectMany(unit =>
                FlatIndices.Along(layout["w_a"], 0, unit)
                    .Concat(FlatIndices.Along(layout["w_b"], 0, unit))
                    .Concat(FlatIndices.Along(layout["w_out"], 1, unit))
                    .Append(layout["gate"].Offset + GateEntry(spec, unit, k)));
            var activity = new Dictionary<string, bool[]> { ["all"] = [.. bits.Select(row => row[k])] };
            return Plants.Block($"frequency {frequency}", layout.Length, indices, parameters, activity, ModularAddition.FourierPlane(spec, frequency));
        });
        return new Truth(
            $"logit_q = ({spec.UnitsPerFrequency}/2)·Σ_f α_f·cos(2πf(a + b − q)/{spec.Modulus}), f ∈ {{{string.Join(", ", frequencies)}}}; one subnetwork per "
            + "frequency, active where its bit is on.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }
}

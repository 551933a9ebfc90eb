using Harness.Models;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Addition modulo p by a quadratic network with known weights (toymodels.md A3): hidden unit <c>(w_a[a] + w_b[b])²</c>, logits <c>W_out h</c>. The M
/// units of one frequency are one subnetwork. Units of different frequencies are interleaved by the seed, so unit order says nothing.
/// </summary>
/// <remarks>
/// Flat directions that are symmetries and not subnetworks: a unit's input scale against its output scale; <c>w_a + t, w_b − t</c>; the phase group
/// of a frequency. Quadratic networks for this task: A. Gromov, "Grokking modular arithmetic", arXiv 2301.02679.
/// </remarks>
public static class ModularAddition
{
    private const string FamilyName = "modular-addition";

    /// <summary>p = 23, three frequencies (3, 5, 8 for seed 0), P = 1242.</summary>
    public static ModularAdditionSpec Quick { get; } = new(23, 3) { SeedZeroFrequencies = [3, 5, 8] };

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() =>
    [
        Entry(FamilyName, Quick),
        Entry("modular-addition-p59", new ModularAdditionSpec(59, 5)),
        Entry("modular-addition-p97", new ModularAdditionSpec(97, 5)),
        Entry("modular-addition-p59-all", new ModularAdditionSpec(59, 29)),
        Entry("modular-addition-p97-all", new ModularAdditionSpec(97, 48)),
        Entry("modular-addition-random-phases", new ModularAdditionSpec(23, 11, 16) { HasRandomPhases = true, LeastAccuracy = 0.99 }),
        Entry("modular-addition-random-phases-p59", new ModularAdditionSpec(59, 29, 8) { HasRandomPhases = true, LeastAccuracy = 0.99 }),
        Entry("modular-addition-relu", Quick with { PhaseStep = 1, IsRectified = true, LeastAccuracy = 1 }),
        Entry("modular-addition-relu-p59", new ModularAdditionSpec(59, 5, PhaseStep: 1) { IsRectified = true, LeastAccuracy = 1 }),
    ];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">p is not an odd prime, or a count is out of range.</exception>
    public static ToyModel Create(ModularAdditionSpec spec, ulong seed, string id = FamilyName)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Check();
        var (p, h) = (spec.Modulus, spec.HiddenCount);
        var frequencies = spec.Frequencies(seed);
        // position[k·M + m] is the hidden unit that carries phase m of frequency k.
        var position = RandomSource.Named(seed, "modular-addition/unit-order").Permutation(h);
        var layout = new ParameterLayout([("w_a", [h, p]), ("w_b", [h, p]), ("w_out", [p, h])]);
        var parameters = tensor(Weights(spec, frequencies, position, seed));
        var data = AllPairs.Of(p);
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units = [new(h, [new("w_a", 0, 1), new("w_b", 0, 1), new("w_out", 1, spec.IsRectified ? -1 : -2)], IsHomogeneous: true)];
        return new ToyModel
        {
            Id = id,
            Seed = seed,
            Model = new Model(Architecture(layout, spec), parameters, loss),
            DataSets = [data],
            Truth = Plant(spec, frequencies, position, layout, parameters, data),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = ModularAdditionCertificate.Of(spec, frequencies),
        };
    }

    private static ToyModelEntry Entry(string id, ModularAdditionSpec spec) => new(
        id,
        $"Adds modulo {spec.Modulus}: hidden units {(spec.IsRectified ? "ReLU(w_a[a] + w_b[b])" : "(w_a[a] + w_b[b])²")}, logits W_out h, all weights cosines "
        + $"{(spec.HasRandomPhases ? "of random phases" : "in closed form")} with M = {spec.UnitsPerFrequency} units for each of {spec.FrequencyCount} frequencies. "
        + $"Truth: {(spec.Cancels ? $"logit_q = (M/2)·Σ_f cos(2πf(a + b − q)/{spec.Modulus})" : "logits are sums over frequencies, each in its Fourier plane")}; the "
        + "units of one frequency are one subnetwork, a coordinate block of w_a, w_b and w_out, active on every input.",
        FamilyName,
        seed => Create(spec, seed, id));

    private static Network Architecture(ParameterLayout layout, ModularAdditionSpec spec) => new(
        layout,
        [
            new OneHotOperation { Inputs = ["x"], Classes = spec.Modulus, Output = "pair" },
            new SliceOperation { Inputs = ["pair"], Start = 0, End = 1, Output = "first" },
            new FlattenOperation { Inputs = ["first"], Output = "a" },
            new SliceOperation { Inputs = ["pair"], Start = 1, End = 2, Output = "second" },
            new FlattenOperation { Inputs = ["second"], Output = "b" },
            new LinearOperation { Inputs = ["a"], Weight = "w_a", Output = "from_a" },
            new LinearOperation { Inputs = ["b"], Weight = "w_b", Output = "from_b" },
            new AddOperation { Inputs = ["from_a", "from_b"], Output = "sum" },
            spec.IsRectified ? new ReluOperation { Inputs = ["sum"], Output = "hidden" } : new SquareOperation { Inputs = ["sum"], Output = "hidden" },
            new LinearOperation { Inputs = ["hidden"], Weight = "w_out", Output = "logits" },
        ],
        "logits");

    /// <summary>w_a <c>[h, p]</c>, w_b <c>[h, p]</c>, w_out <c>[p, h]</c>, one after the other.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="frequencies">F.</param>
    /// <param name="position">Where unit m of frequency k stands: <c>position[k·M + m]</c>.</param>
    /// <param name="seed">For random phases.</param>
    internal static double[] Weights(ModularAdditionSpec spec, IReadOnlyList<int> frequencies, int[] position, ulong seed)
    {
        var (p, h, phases) = (spec.Modulus, spec.HiddenCount, spec.Phases(seed));
        var weights = new double[3 * p * h];
        for (var k = 0; k < h; k++)
        {
            var (frequency, unit) = (frequencies[k / spec.UnitsPerFrequency], position[k]);
            var (first, second) = phases[k];
            for (var residue = 0; residue < p; residue++)
            {
                weights[unit * p + residue] = spec.Cosine(frequency * residue, first);
                weights[(h + unit) * p + residue] = spec.Cosine(frequency * residue, second);
                weights[2 * h * p + residue * h + unit] = spec.Cosine(frequency * residue, first + second);
            }
        }
        return weights;
    }

    private static Truth Plant(
        ModularAdditionSpec spec, IReadOnlyList<int> frequencies, int[] position, ParameterLayout layout, Tensor parameters, DataSet data)
    {
        var units = spec.UnitsPerFrequency;
        var logits = spec.Cancels ? $"logit_q = ({units}/2)·Σ_f cos(2πf(a + b − q)/{spec.Modulus})" : "logits are sums over frequencies, each in its Fourier plane";
        var planted = frequencies.Select((frequency, k) =>
        {
            var indices = position.Skip(k * units).Take(units).SelectMany(unit =>
                FlatIndices.Along(layout["w_a"], 0, unit)
                    .Concat(FlatIndices.Along(layout["w_b"], 0, unit))
                    .Concat(FlatIndices.Along(layout["w_out"], 1, unit)));
            return Plants.Block($"frequency {frequency}", layout.Length, indices, parameters, Plants.AlwaysActive(data), FourierPlane(spec, frequency));
        });
        return new Truth(
            $"{logits}, f ∈ {{{string.Join(", ", frequencies)}}}; one subnetwork per frequency.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }

    /// <summary>
    /// Span of <c>cos(2πfq/p)</c> and <c>sin(2πfq/p)</c> over the outputs q: every logit change that frequency f contributes lies in it.
    /// </summary>
    internal static DenseSubspace FourierPlane(ModularAdditionSpec spec, int frequency)
    {
        var norm = Math.Sqrt(2.0 / spec.Modulus);
        var rows = new[] { 0, -Math.PI / 2 }.SelectMany(phase => Enumerable.Range(0, spec.Modulus).Select(q => norm * spec.Cosine(frequency * q, phase)));
        return new DenseSubspace(tensor(rows.ToArray(), [2, spec.Modulus]));
    }
}

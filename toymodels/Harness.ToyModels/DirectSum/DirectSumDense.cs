using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The direct sum of <see cref="DirectSum"/> in other coordinates: its blocks stacked into one network, its units shuffled, its inputs and outputs rotated by
/// Haar-random Q and R. No weight is zero and no name says anything, so nobody can read the blocks off: the twin by which a method is judged.
/// </summary>
/// <remarks>
/// <c>y'(x') = R·y(Qᵀx')</c>: <c>w1 = [W₁ ⊕ W₂ ⊕ W₃]·Qᵀ</c> and <c>w2 = R·[V₁ ⊕ V₂ ⊕ V₃]</c>. A parameter direction from a block's unit to another
/// block's input belongs to no plant: it moves outputs, but θ* has no share in it.
/// </remarks>
public static class DirectSumDense
{
    private const string Name = "direct-sum-dense";

    private static readonly string[] s_tensors = ["w1", "b1", "w2", "b2"];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => [Entry(Name, DirectSum.Quick), Entry("direct-sum-8-dense", DirectSum.Full)];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">There are fewer than two blocks, or nothing in them.</exception>
    public static ToyModel Create(DirectSumSpec spec, ulong seed, string id = Name)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using var scope = NewDisposeScope();
        var plain = DirectSum.Create(spec, seed);
        var frame = new Frame(spec, plain, seed);
        var parameters = frame.Parameters().MoveToOuterDisposeScope();
        var data = new DataSet(
            "all", plain.DataSets[0].Inputs.matmul(frame.Inputs.transpose(0, 1)).MoveToOuterDisposeScope(),
            plain.DataSets[0].Targets.matmul(frame.Outputs.transpose(0, 1)).MoveToOuterDisposeScope());
        IReadOnlyList<HiddenUnits> units = [new(frame.Units, [new("w1", 0, 1), new("b1", 0, 1), new("w2", 1, -1)], IsHomogeneous: false)];
        return new ToyModel
        {
            Id = id,
            Seed = seed,
            Model = new Model(frame.Network(), parameters, plain.Model.Loss),
            DataSets = [data],
            Truth = new Truth(
                $"{Sum(spec)}; one subnetwork per block, the span of its weights after the change of coordinates.", TruthGrade.Exact,
                [.. Enumerable.Range(0, spec.Blocks).Select(block => Plant(spec, frame, block, parameters, data))], s_tensors),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, plain.Model.Loss),
            Certificate = DirectSumDenseCertificate.Of(spec),
        };
    }

    /// <summary>R <c>[outputs, outputs]</c> of a seed: output o of the direct sum became the direction <c>R[:, o]</c>.</summary>
    internal static Tensor OutputRotation(DirectSumSpec spec, ulong seed) => Rotation(spec.Blocks * spec.Outputs, seed, "outputs");

    private static ToyModelEntry Entry(string id, DirectSumSpec spec) => new(
        id,
        $"The direct sum of {spec.Blocks} networks with its blocks stacked into one, units shuffled, inputs and outputs rotated: no zero weight and no name shows "
        + $"the blocks. Truth: {Sum(spec)}; one subnetwork per block, {spec.PerBlock} dense orthonormal directions each.",
        DirectSum.FamilyName,
        seed => Create(spec, seed, id));

    private static string Sum(DirectSumSpec spec) => spec.Blocks == 3 ? "R·(f₁ ⊕ f₂ ⊕ f₃)(Qᵀx)" : $"R·(f₁ ⊕ f₂ ⊕ … of {spec.Blocks} blocks)(Qᵀx)";

    private static Tensor Rotation(int size, ulong seed, string purpose) =>
        Subspaces.Random(size, size, RandomSource.Named(seed, $"{Name}/{purpose}")).Basis();

    private static PlantedSubnetwork Plant(DirectSumSpec spec, Frame frame, int block, Tensor parameters, DataSet data)
    {
        var subspace = DenseSubspace.Span(frame.Directions(block));
        subspace.MoveToOuterDisposeScope();
        var component = subspace.Project(parameters.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
        var effect = new DenseSubspace(
            frame.Outputs.narrow(1, block * spec.Outputs, spec.Outputs).transpose(0, 1).contiguous().MoveToOuterDisposeScope());
        return new PlantedSubnetwork($"block {block}", subspace, component, Plants.AlwaysActive(data), effect);
    }

    /// <summary>The change of coordinates: flat vectors of the direct sum become flat vectors of the dense network.</summary>
    private sealed class Frame
    {
        private readonly ParameterLayout _plain;
        private readonly Tensor _theta;
        private readonly long[] _unit;
        private readonly DirectSumSpec _spec;

        internal Frame(DirectSumSpec spec, ToyModel plain, ulong seed)
        {
            _spec = spec;
            (_plain, _theta) = (plain.Model.Network.Layout, plain.Model.Parameters);
            _unit = [.. RandomSource.Named(seed, $"{Name}/units").Permutation(Units).Select(unit => (long)unit)];
            Inputs = Rotation(spec.Blocks * spec.Inputs, seed, "inputs");
            Outputs = OutputRotation(spec, seed);
        }

        internal int Units => _spec.Blocks * _spec.Hidden;

        /// <summary>Q.</summary>
        internal Tensor Inputs { get; }

        /// <summary>R.</summary>
        internal Tensor Outputs { get; }

        internal Network Network() => new(
            new ParameterLayout([("w1", [Units, Inputs.shape[0]]), ("b1", [Units]), ("w2", [Outputs.shape[0], Units]), ("b2", [Outputs.shape[0]])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w1", Bias = "b1", Output = "pre" },
                new SiluOperation { Inputs = ["pre"], Output = "hidden" },
                new LinearOperation { Inputs = ["hidden"], Weight = "w2", Bias = "b2", Output = "y" },
            ],
            "y");

        internal Tensor Parameters() => Carry(_theta.unsqueeze(0)).squeeze(0);

        /// <summary>Images of the coordinate directions of one block, <c>[k, P]</c>: orthonormal, as rotations keep lengths and angles.</summary>
        internal Tensor Directions(int block)
        {
            var own = DirectSum.Tensors(block).SelectMany(name => Enumerable.Range((int)_plain[name].Offset, (int)_plain[name].Length)).Select(index => (long)index);
            return Carry(eye(_plain.Length, dtype: float64).index_select(0, tensor(own.ToArray())));
        }

        /// <summary>Rows <c>[k, P]</c> of the direct sum's parameters to rows of the dense network's.</summary>
        private Tensor Carry(Tensor rows)
        {
            var (k, parts) = (rows.shape[0], _plain.Split(rows));
            var (w1, b1) = (zeros([k, Units, Inputs.shape[0]], dtype: float64), zeros([k, Units], dtype: float64));
            var (w2, b2) = (zeros([k, Outputs.shape[0], Units], dtype: float64), zeros([k, Outputs.shape[0]], dtype: float64));
            for (var block = 0; block < _spec.Blocks; block++)
            {
                var own = DirectSum.Tensors(block).Select(name => parts[_plain.IndexOf(name)]).ToArray();
                var (unit, input, output) = (block * _spec.Hidden, block * _spec.Inputs, block * _spec.Outputs);
                w1.narrow(1, unit, _spec.Hidden).narrow(2, input, _spec.Inputs).copy_(own[0]);
                b1.narrow(1, unit, _spec.Hidden).copy_(own[1]);
                w2.narrow(1, output, _spec.Outputs).narrow(2, unit, _spec.Hidden).copy_(own[2]);
                b2.narrow(1, output, _spec.Outputs).copy_(own[3]);
            }
            var order = tensor(_unit);
            return cat(
            [
                w1.index_select(1, order).matmul(Inputs.transpose(0, 1)).reshape(k, -1),
                b1.index_select(1, order),
                Outputs.matmul(w2.index_select(2, order)).reshape(k, -1),
                b2.matmul(Outputs.transpose(0, 1)),
            ], 1);
        }
    }
}

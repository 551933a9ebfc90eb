using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Validity;

/// <summary>
/// One weight w at 0, samples x of either sign, one ReLU with a kink at a: <c>L(w) = mean (wx)² + s²·max(wx − a, 0)²</c>. Its mean curvature over [−t, t]
/// is <c>mean 2x² + s²|x|·max(|x|t − a, 0)/t</c>, and the gate of x flips by t where |x|t &gt; a.
/// </summary>
internal sealed record PlantedKinks(double[] Samples, double Kink, double Slope)
{
    internal double Value => Samples.Average(x => 2 * x * x);

    /// <summary>The largest step up to the reach, which is 1 at w = 0.</summary>
    internal double Radius
    {
        get
        {
            var (low, high) = (0.0, 1.0);
            for (var i = 0; i < 60 && Curvature(1) > Tolerances.ValidityFactor * Value; i++)
                (low, high) = Curvature((low + high) / 2) > Tolerances.ValidityFactor * Value ? (low, (low + high) / 2) : ((low + high) / 2, high);
            return high;
        }
    }

    internal static PlantedKinks Create(int count, int seed)
    {
        var random = new RandomSource((ulong)seed, 77);
        double[] samples = [.. Enumerable.Range(0, count).Select(_ => (random.NextInt32(2) * 2 - 1) * random.NextDouble(0.2, 2))];
        return new PlantedKinks(samples, random.NextDouble(1e-4, 0.5), random.NextDouble(0.5, 5));
    }

    internal int Flipped(double step) => Samples.Count(x => Math.Abs(x) * step > Kink);

    internal HessianOperator Hessian(ScalarType dataType = ScalarType.Float64)
    {
        var network = new Network(
            new ParameterLayout([("w", [1, 1])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Output = "h" },
                new AddOperation { Inputs = ["h", "minus kink"], Output = "p" },
                new ReluOperation { Inputs = ["p"], Output = "r" },
                new ScaleOperation { Inputs = ["r"], Factor = Slope, Output = "s" },
                new ConcatOperation { Inputs = ["h", "s"], Dimension = 1, Output = "z" },
            ],
            "z", constants: new Dictionary<string, Tensor> { ["minus kink"] = tensor(new[] { -Kink }) });
        var data = new DataSet("all", tensor(Samples, [Samples.Length, 1]), zeros([Samples.Length, 2], ScalarType.Float64));
        return new LossLandscape(network, new Loss(LossKind.MeanSquaredError), data, new LandscapeOptions(3, dataType)).Hessian(zeros(1, ScalarType.Float64));
    }

    /// <summary>The same loss by its formula, an operator of one dimension.</summary>
    internal ISymmetricOperator ByFormula(bool countsPlusOnly) => new Formula(this, countsPlusOnly);

    private double Curvature(double step) => Value + Samples.Average(x => Slope * Slope * Math.Abs(x) * Math.Max(Math.Abs(x) * step - Kink, 0) / step);

    private sealed class Formula(PlantedKinks kinks, bool countsPlusOnly) : ISymmetricOperator, ILocalFunction
    {
        public long Dimension => 1;

        public double Reach => 1;

        public ILocalFunction Function => this;

        public Tensor Multiply(Tensor block) => block * kinks.Value;

        public double Slope(Tensor direction, double step)
        {
            var v = direction[0].ToDouble();
            return v * kinks.Samples.Average(
                x => 2 * x * x * step * v + 2 * kinks.Slope * kinks.Slope * x * Math.Max(x * step * v - kinks.Kink, 0));
        }

        public GateFlips Flips(Tensor direction, double step) => new(
            countsPlusOnly ? kinks.Samples.Count(x => x * step * direction[0].ToDouble() > kinks.Kink) : kinks.Flipped(step), kinks.Samples.Length);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary><c>y = σ(Wᵀ(Wx + Vx) + b)</c>: two branches, a tied weight, a bias, an activation at the end.</summary>
public sealed record TiedSpec(int Inputs, int Hidden, int Samples, int Batch, Activation Activation, int Seed);

/// <summary>Draws and builds them.</summary>
public static class TiedSpecs
{
    public static Arbitrary<TiedSpec> Tied() =>
        (from inputs in Gen.Choose(1, 5)
         from hidden in Gen.Choose(1, 4)
         from samples in Gen.Choose(1, 30)
         from batch in Gen.Choose(1, 32)
         from activation in Gen.Elements(Enum.GetValues<Activation>())
         from seed in Gen.Choose(0, 1_000_000)
         select new TiedSpec(inputs, hidden, samples, batch, activation, seed)).ToArbitrary();

    internal static Problem Create(TiedSpec spec)
    {
        var random = new RandomSource((ulong)spec.Seed, 3);
        Operation last = spec.Activation switch
        {
            Activation.Relu => new ReluOperation { Inputs = ["y"], Output = "out" },
            Activation.Gelu => new GeluOperation { Inputs = ["y"], Output = "out" },
            Activation.Silu => new SiluOperation { Inputs = ["y"], Output = "out" },
            _ => new SquareOperation { Inputs = ["y"], Output = "out" },
        };
        var network = new Network(
            new ParameterLayout([("w", [spec.Hidden, spec.Inputs]), ("v", [spec.Hidden, spec.Inputs]), ("b", [spec.Inputs])]),
            [
                new LinearOperation { Inputs = ["x"], Output = "first", Weight = "w" },
                new LinearOperation { Inputs = ["x"], Output = "second", Weight = "v" },
                new AddOperation { Inputs = ["first", "second"], Output = "h" },
                new TransposeOperation { Inputs = ["w"], Output = "wt", First = 0, Second = 1 },
                new LinearOperation { Inputs = ["h"], Output = "y", Weight = "wt", Bias = "b" },
                last,
            ],
            "out");
        var inputs = tensor(random.Gaussians(spec.Samples * spec.Inputs), [spec.Samples, spec.Inputs]);
        var targets = tensor(random.Gaussians(spec.Samples * spec.Inputs), [spec.Samples, spec.Inputs]);
        return new Problem(network, tensor(random.Gaussians(network.Layout.Length)), new DataSet("all", inputs, targets), new Loss(LossKind.MeanSquaredError, 0.1));
    }
}

using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>Models that compute what others compute, from other parameters or with a little more in between.</summary>
internal static class Rewritten
{
    /// <summary>
    /// The same function of θ' = Rθ, one flat tensor, R a random rotation of all parameters: no axis, tensor or unit is left to go by. Rows of an answer
    /// times <c>Rotation</c> are rows in the plain parameters.
    /// </summary>
    internal static (Model Model, Tensor Rotation) Rotated(Model model, ulong seed)
    {
        var (plain, length) = (model.Network, model.Network.Layout.Length);
        var rotation = Subspaces.Random(length, (int)length, new RandomSource(seed)).Basis();
        var written = plain.Layout.SelectMany(slot => new Operation[]
        {
            new SliceOperation { Inputs = ["plain"], Dimension = 1, Start = slot.Offset, End = slot.End, Output = $"{slot.Name}/flat" },
            new ReshapeOperation { Inputs = [$"{slot.Name}/flat"], NewShape = [.. slot.Shape], Output = slot.Name },
        });
        var network = new Network(
            new ParameterLayout([("theta", [1, length])]),
            [new MatmulOperation { Inputs = ["theta", "rotation"], Output = "plain" }, .. written, .. plain.Operations],
            plain.Output, plain.Input, plain.Constants.Append(new("rotation", rotation)).ToDictionary());
        return (new Model(network, rotation.matmul(model.Parameters), model.Loss), rotation);
    }

    /// <summary>The chunked net with coupled blocks: what a block's hidden layer reads is its own circle and, <paramref name="coupling"/> times, those of all others.</summary>
    internal static Model Coupled(Model chunked, double coupling)
    {
        var plain = chunked.Network;
        var width = plain.Layout["e"].Shape[1];
        var mix = eye(width, dtype: ScalarType.Float64) + coupling * tensor(new RandomSource(8).Gaussians(width * width), [width, width]);
        var operations = plain.Operations.SelectMany(operation => operation.Inputs[0] == "sum"
            ? new[] { new LinearOperation { Inputs = ["sum"], Weight = "mix", Output = "mixed" }, operation with { Inputs = ["mixed"] } }
            : [operation]);
        var network = new Network(plain.Layout, operations, plain.Output, plain.Input, new Dictionary<string, Tensor> { ["mix"] = mix });
        return new Model(network, chunked.Parameters, chunked.Loss);
    }
}
